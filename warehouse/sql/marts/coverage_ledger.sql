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
        newest_published_at,
        lag(fetched_at) over feed_history as previous_fetched_at,
        max(newest_published_at) over (
            feed_history
            rows between unbounded preceding and 1 preceding
        ) as newest_known_at
    from core.documents
    where
        status <> 'rejected'
        and entry_count > 0
        and format <> 'html'
    window feed_history as (
        partition by feed_id
        order by fetched_at, document_id
    )
),

-- What was known is told by time of capture, whatever order documents were
-- read in: files are imported in any.
sightings as (
    select
        w.feed_id,
        w.document_id,
        count(*) filter (where a.first_seen_at < w.fetched_at) as known_count,
        max(a.published_at) filter (where a.first_seen_at < w.fetched_at)
            as newest_shared_at,
        min(a.published_at) filter (where a.first_seen_at >= w.fetched_at)
            as oldest_new_at
    from windows as w
    inner join core.article_sources as s on w.document_id = s.document_id
    inner join core.articles as a
        on s.article_id = a.article_id and w.feed_id = a.feed_id
    group by all
),

-- A pinned post is in every window: only one that reaches back to the newest
-- known article has no room before it.
distances as (
    select
        w.*,
        o.known_count,
        o.oldest_new_at,
        case
            when
                o.oldest_new_at > w.newest_known_at
                and coalesce(o.newest_shared_at < w.newest_known_at, true)
                then
                    (epoch(o.oldest_new_at) - epoch(w.newest_known_at)) / 86400
        end as gap_days
    from windows as w
    left join sightings as o
        on w.feed_id = o.feed_id and w.document_id = o.document_id
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

-- A walk through the feed's history that came to its end leaves no gap.
filled as (
    select distinct
        d.feed_id,
        d.document_id
    from distances as d
    inner join core.history_walks as w on d.feed_id = w.feed_id
    where
        d.gap_days is not null
        and w.missing_count = 0
        and list_has_any(
            w.proofs,
            [
                'paging_end',
                'slug_chain',
                'complete_feed',
                'overlapping_captures'
            ]
        )
        and coalesce(w.since_at <= d.newest_known_at, true)
        and w.until_at >= d.oldest_new_at
),

estimates as (
    select
        d.*,
        f.document_id is not null as is_filled,
        case
            when f.document_id is not null then 0
            when d.known_count > 0 and d.gap_days is null then 0
            when d.gap_days / nullif(r.median_gap_days, 0) is not null
                then greatest(0, round(d.gap_days / r.median_gap_days) - 1)
        end::bigint as missed_estimate
    from distances as d
    left join rhythms as r on d.feed_id = r.feed_id
    left join filled as f
        on d.feed_id = f.feed_id and d.document_id = f.document_id
)

select
    d.feed_id,
    d.document_id,
    d.fetched_at,
    e.previous_fetched_at,
    d.entry_count,
    e.known_count,
    round(e.known_count / nullif(d.entry_count, 0), 4) as window_overlap,
    d.oldest_published_at,
    d.newest_published_at,
    round(e.gap_days, 2) as gap_days,
    e.missed_estimate,
    case
        when e.previous_fetched_at is null then 'unknown'
        when e.missed_estimate > 0 then 'gap'
        when e.known_count > 0 or e.is_filled then 'complete'
        else 'unknown'
    end as coverage
from core.documents as d
left join estimates as e
    on d.feed_id = e.feed_id and d.document_id = e.document_id
order by d.feed_id, d.fetched_at, d.document_id
