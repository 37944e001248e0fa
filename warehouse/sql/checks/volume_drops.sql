-- Feeds whose latest document holds less than half the entries it used to.
-- severity: warning
with numbered as (
    select
        feed_id,
        document_id,
        fetched_at,
        entry_count,
        format,
        row_number() over (
            partition by feed_id, format
            order by fetched_at desc, document_id
        ) as recency
    from core.documents
),

volumes as (
    select
        feed_id,
        format,
        max(entry_count) filter (where recency = 1) as entries_now,
        median(entry_count) filter (where recency > 1) as entries_before,
        count(*) filter (where recency > 1) as document_count
    from numbered
    where recency <= 11
    group by all
)

select *
from volumes
where
    document_count >= 3
    and entries_before >= 4
    and entries_now < entries_before / 2
