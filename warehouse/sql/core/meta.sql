-- What this warehouse was built from: one row in all.
-- as_of: Moment that recent, days since and months so far refer to, UTC; set by
--   the load that wrote this file
-- as_of_month: Month of as_of, UTC
-- schema_version: Version of the tables and columns of this file
-- extractor_version: Version of the rules that read the latest document; NULL
--   before the first one
-- definition_hash: SHA-256 over schemas and SQL files; another one rebuilds all
select
    $as_of::timestamptz as as_of,
    strftime($as_of::timestamptz at time zone 'UTC', '%Y-%m') as as_of_month,
    $schema_version::varchar as schema_version,
    (
        select arg_max(documents.extractor_version, documents.fetched_at)
        from core.documents
    ) as extractor_version,
    $definition_hash::varchar as definition_hash
