-- Whether posts were missed between captures: one row per feed and document.
-- A feed shows its latest posts only. When a new document shares no entry with
-- what was known, posts may have come and gone unseen in between.
-- feed_id: Feed (feeds)
-- document_id: Document (documents)
-- fetched_at: When it was captured, UTC
-- previous_fetched_at: When the feed's document before it was captured, UTC
-- entry_count: Entries in it
-- known_count: Entries whose article was known before it
-- window_overlap: known_count as a share of entry_count
-- oldest_published_at: Earliest readable date of its entries, UTC
-- newest_published_at: Latest readable date of its entries, UTC
-- gap_days: Days from the newest article known before it to its oldest entry;
--   NULL when the windows overlap or lie the other way round
-- missed_estimate: Posts that may have been missed: gap_days at the feed's
--   median gap, less the one step to its oldest entry; 0 when complete
-- coverage: complete (shares entries with what was known), gap (shares none
--   and its dates leave room for posts), unknown (first document, nothing
--   read, no dates, older than what was known, or no room to tell)
with windows as (
    select
        feed_id,
        document_id,
        fetched_at,
        entry_count,
        known_count,
        oldest_published_at,
        newest_published_at,
        lag(fetched_at) over feed_history as previous_fetched_at,
        max(newest_published_at) over (
            feed_history
            rows between unbounded preceding and 1 preceding
        ) as newest_known_at
    from core.documents
    where status <> 'rejected' and entry_count > 0
    window feed_history as (
        partition by feed_id
        order by fetched_at, document_id
    )
),

distances as (
    select
        *,
        case
            when known_count = 0 and oldest_published_at > newest_known_at
                then
                    (epoch(oldest_published_at) - epoch(newest_known_at))
                    / 86400
        end as gap_days
    from windows
),

rhythms as (
    select
        t.feed_id,
        median(t.gap_days) as median_gap_days
    from marts.publishing_times as t
    inner join (
        select
            feed_id,
            max(published_at) as last_published_at
        from marts.publishing_times
        group by all
    ) as l on t.feed_id = l.feed_id
    where t.published_at > l.last_published_at - interval 364 days
    group by all
),

estimates as (
    select
        d.*,
        case
            when d.known_count > 0 then 0
            when d.gap_days / nullif(r.median_gap_days, 0) is not null
                then greatest(0, round(d.gap_days / r.median_gap_days) - 1)
        end::bigint as missed_estimate
    from distances as d
    left join rhythms as r on d.feed_id = r.feed_id
)

select
    d.feed_id,
    d.document_id,
    d.fetched_at,
    e.previous_fetched_at,
    d.entry_count,
    d.known_count,
    round(d.known_count / nullif(d.entry_count, 0), 4) as window_overlap,
    d.oldest_published_at,
    d.newest_published_at,
    round(e.gap_days, 2) as gap_days,
    e.missed_estimate,
    case
        when e.previous_fetched_at is null then 'unknown'
        when e.known_count > 0 then 'complete'
        when e.missed_estimate > 0 then 'gap'
        else 'unknown'
    end as coverage
from core.documents as d
left join estimates as e
    on d.feed_id = e.feed_id and d.document_id = e.document_id
order by d.feed_id, d.fetched_at, d.document_id
