-- What the checks of the load found: one row per check.
-- check_name: File of the check under warehouse/sql/checks
-- severity: error (would have stopped the load) or warning
-- failing_count: Rows that should not be there
-- description: What the check looks for
select
    unnest($check_names::varchar[]) as check_name,
    unnest($severities::varchar[]) as severity,
    unnest($failing_counts::bigint[]) as failing_count,
    unnest($descriptions::varchar[]) as description
