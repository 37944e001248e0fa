-- What is known to be there, month by month: one row per feed and month.
-- From a feed's first known or listed article to the month of core.meta.as_of,
-- and one month named undated where pages without a date are listed and not
-- known.
-- feed_id: Feed (feeds)
-- month: Month of publication, UTC, YYYY-MM, or undated
-- article_count: Articles known, those of doubtful_dates left out
-- listed_count: Articles that sitemaps and archives list (history_months); NULL
--   where no list speaks of the month
-- missing_count: Listed articles that are not known; NULL without a list
-- missing_urls: Their addresses, the first 200
-- observed_share: Share of the month, up to now, in which no post passed unseen
--   (observed_spans). The last day before as_of is not waited for
-- coverage: complete (all of it observed, nothing listed is missing), partial
--   (some of it observed, or something missing) or unknown (nobody looked)
-- proofs: What shows that a complete month is: sitemap, slug_chain, paging_end,
--   complete_feed, overlapping_captures (history_walks) or overlapping_windows
--   (the feed was asked often enough); empty for other months
with firsts as (
    select
        feed_id,
        min(published_at) as first_at
    from marts.publishing_times
    group by all
    union all
    select
        feed_id,
        (min(published_month) || '-01')::timestamp at time zone 'UTC'
            as first_at
    from core.history_months
    where published_month between '1990' and '9999'
    group by all
),

looks as (
    select
        feed_id,
        max(observed_until_at) as until_at
    from marts.observed_spans
    group by all
),

begins as (
    select
        f.feed_id,
        unnest(generate_series(
            date_trunc('month', min(f.first_at) at time zone 'UTC'),
            any_value(m.as_of) at time zone 'UTC',
            interval 1 month
        )) as begin_time
    from firsts as f
    cross join core.meta as m
    group by f.feed_id
),

months as (
    select
        b.feed_id,
        strftime(b.begin_time, '%Y-%m') as month,
        b.begin_time at time zone 'UTC' as begin_at,
        least(
            (b.begin_time + interval 1 month) at time zone 'UTC',
            greatest(
                m.as_of - interval 1 day,
                least(m.as_of, coalesce(l.until_at, m.as_of - interval 1 day))
            )
        ) as end_at
    from begins as b
    cross join core.meta as m
    left join looks as l on b.feed_id = l.feed_id
),

observed as (
    select
        t.feed_id,
        t.month,
        sum(
            epoch(least(t.end_at, s.observed_until_at))
            - epoch(greatest(t.begin_at, s.observed_from_at))
        ) as seconds
    from months as t
    inner join marts.observed_spans as s
        on
            t.feed_id = s.feed_id
            and t.begin_at < s.observed_until_at
            and t.end_at > s.observed_from_at
    group by all
),

counts as (
    select
        feed_id,
        strftime(published_at at time zone 'UTC', '%Y-%m') as month,
        count(*) as article_count
    from marts.publishing_times
    group by all
),

measured as (
    select
        t.feed_id,
        t.month,
        coalesce(c.article_count, 0) as article_count,
        h.listed_count,
        h.missing_count,
        coalesce(h.missing_urls, []) as missing_urls,
        coalesce(h.proofs, []) as proofs,
        coalesce(h.proven_until_at >= t.end_at, false) as is_proven,
        coalesce(o.seconds, 0) as observed_seconds,
        greatest(0, epoch(t.end_at) - epoch(t.begin_at)) as month_seconds
    from months as t
    left join counts as c on t.feed_id = c.feed_id and t.month = c.month
    left join observed as o on t.feed_id = o.feed_id and t.month = o.month
    left join core.history_months as h
        on t.feed_id = h.feed_id and t.month = h.published_month
    union all
    select
        feed_id,
        published_month as month,
        0 as article_count,
        listed_count,
        missing_count,
        missing_urls,
        proofs,
        false as is_proven,
        0 as observed_seconds,
        0 as month_seconds
    from core.history_months
    where published_month = 'undated' and missing_count > 0
),

judged as (
    select
        *,
        case
            when missing_count > 0 then 'partial'
            when observed_seconds <= 0 then 'unknown'
            when observed_seconds < month_seconds - 1 then 'partial'
            else 'complete'
        end as coverage
    from measured
)

select
    feed_id,
    month,
    article_count,
    listed_count,
    missing_count,
    missing_urls,
    round(least(1, observed_seconds / nullif(month_seconds, 0)), 4)
        as observed_share,
    coverage,
    case
        when coverage <> 'complete' then []
        when is_proven then proofs
        else list_append(proofs, 'overlapping_windows')
    end as proofs
from judged
order by feed_id, month
