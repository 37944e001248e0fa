-- Parquet files the core tables were loaded from: one row per table and month.
-- table_name: Table the file belongs to
-- month: Month of the file; empty for the one file of a small table
-- fingerprint: Size, modification time and file number; another one loads the
--   file again
select
    unnest($table_names::varchar[]) as table_name,
    unnest($months::varchar[]) as month,
    unnest($fingerprints::varchar[]) as fingerprint
