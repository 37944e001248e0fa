-- Times in which no post of a feed passed unseen: one row per feed and span.
-- A capture of a feed shows all since its oldest entry; captures that share
-- entries, or that nothing fits between (coverage_ledger), make one span; so do
-- walks through history that prove that nothing is missing. A file that nobody
-- told the time of shows its own days only (documents.shown_until_at). What
-- lies between two spans was not observed: no article there is not silence.
-- feed_id: Feed (feeds)
-- span_number: Order in time, from 1
-- observed_from_at: Begin, UTC
-- observed_until_at: End, UTC
with windows as (
    select
        d.feed_id,
        d.fetched_at,
        coalesce(d.shown_until_at, d.fetched_at) as shown_until_at,
        d.oldest_published_at,
        d.newest_published_at,
        l.previous_fetched_at,
        l.coverage,
        d.newest_published_at < max(d.newest_published_at) over (
            partition by d.feed_id
            order by d.fetched_at, d.document_id
            rows between unbounded preceding and 1 preceding
        ) as is_archive
    from core.documents as d
    inner join marts.coverage_ledger as l
        on d.feed_id = l.feed_id and d.document_id = l.document_id
    where
        d.status <> 'rejected'
        and d.entry_count > 0
        and d.format <> 'html'
),

captures as (
    select
        feed_id,
        case
            when is_archive or coverage = 'gap' or previous_fetched_at is null
                then coalesce(oldest_published_at, fetched_at)
            else coalesce(
                least(oldest_published_at, previous_fetched_at),
                previous_fetched_at
            )
        end as from_at,
        case
            when is_archive then newest_published_at
            else shown_until_at
        end as until_at
    from windows
),

looks as (
    select
        f.feed_id,
        f.fetched_at,
        d.document_id is not null as is_new,
        lag(f.fetched_at) over (
            partition by f.feed_id
            order by f.fetched_at
        ) as previous_fetched_at
    from core.fetches as f
    left join core.documents as d
        on f.feed_id = d.feed_id and f.fetched_at = d.fetched_at
    where f.outcome in ('ok', 'unchanged', 'moved') and f.source = 'feed'
),

known as (
    select
        feed_id,
        min(published_at) as from_at
    from marts.publishing_times
    group by all
),

last_looks as (
    select
        feed_id,
        max(fetched_at) as until_at
    from core.fetches
    where
        outcome in ('ok', 'unchanged', 'imported', 'moved')
        and source in ('feed', 'import')
    group by all
),

proven_months as (
    select
        feed_id,
        proven_until_at,
        (published_month || '-01')::timestamp at time zone 'UTC' as month_at
    from core.history_months
    where
        published_month <> 'undated'
        and missing_count = 0
        and proven_until_at is not null
),

seen as (
    select *
    from captures
    union all
    select
        feed_id,
        coalesce(previous_fetched_at, fetched_at) as from_at,
        fetched_at as until_at
    from looks
    where not is_new
    union all
    -- Walks through history that came to their end, nothing missing.
    select
        w.feed_id,
        coalesce(w.since_at, k.from_at) as from_at,
        w.until_at
    from core.history_walks as w
    inner join known as k on w.feed_id = k.feed_id
    where
        w.missing_count = 0
        and list_has_any(
            w.proofs,
            [
                'paging_end',
                'slug_chain',
                'complete_feed',
                'overlapping_captures'
            ]
        )
    union all
    -- Months of which lists and walks prove that all is there.
    select
        feed_id,
        month_at as from_at,
        least(proven_until_at, month_at + interval 1 month) as until_at
    from proven_months
    union all
    -- Articles without a document to tell their window: all since the first.
    select
        k.feed_id,
        k.from_at,
        coalesce(l.until_at, m.as_of) as until_at
    from known as k
    cross join core.meta as m
    left join last_looks as l on k.feed_id = l.feed_id
    where k.feed_id not in (select c.feed_id from captures as c)
),

clipped as (
    select
        s.feed_id,
        greatest(s.from_at, timestamptz '1990-01-01 00:00:00+00') as from_at,
        least(s.until_at, m.as_of) as until_at
    from seen as s
    cross join core.meta as m
    where least(s.until_at, m.as_of) >= s.from_at
),

marked as (
    select
        *,
        coalesce(
            from_at > max(until_at) over (
                feed_history
                rows between unbounded preceding and 1 preceding
            ),
            true
        ) as is_begin
    from clipped
    window feed_history as (
        partition by feed_id
        order by from_at, until_at
    )
),

numbered as (
    select
        *,
        count(*) filter (where is_begin) over (
            partition by feed_id
            order by from_at, until_at
            rows unbounded preceding
        ) as span_number
    from marked
)

select
    feed_id,
    span_number,
    min(from_at) as observed_from_at,
    max(until_at) as observed_until_at
from numbered
group by feed_id, span_number
order by feed_id, span_number
