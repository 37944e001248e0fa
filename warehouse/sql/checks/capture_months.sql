-- Rows of captures kept under another month than the one they were seen in.
-- severity: error
with kept as (
    select
        'fetches' as table_name,
        feed_id as key,
        month,
        fetched_at as moment
    from core.fetches
    union all
    select
        'documents' as table_name,
        document_id as key,
        month,
        fetched_at as moment
    from core.documents
    union all
    select
        'rejects' as table_name,
        document_id as key,
        month,
        seen_at as moment
    from core.rejects
    union all
    select
        'article_revisions' as table_name,
        article_id as key,
        month,
        seen_at as moment
    from core.article_revisions
)

select *
from kept
where month <> strftime(moment at time zone 'UTC', '%Y-%m')
