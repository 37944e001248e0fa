-- Publishing rhythm and whether it holds: one row per feed.
-- Measured up to observed_until_at, the last time the feed could be read: what
-- was not looked at is not silence. Only articles whose date counts
-- (doubtful_dates names the others).
-- feed_id: Feed (feeds)
-- feed_title: Title of the feed
-- article_count: Dated articles
-- undated_count: Articles left out for want of a date that counts
--   (doubtful_dates)
-- complete_month_count: Months, from its first article to as_of, that are known
--   to be complete (coverage_months)
-- partial_month_count: Months observed in part, or lacking listed articles
-- unknown_month_count: Months nobody looked at; not silence
-- first_published_at: Time of its first known article, UTC
-- last_published_at: Time of its latest article, UTC
-- observed_until_at: Last successful fetch, or end of what files and history
--   show (observed_spans), UTC; as_of without any
-- posts_per_week_4: Articles per week in the 4 weeks to observed_until_at: of
--   observed times (observed_spans) only, divided by their weeks, one at least
-- posts_per_week_12: The same over 12 weeks
-- posts_per_week_52: The same over 52 weeks
-- median_gap_days: Median days between articles, 52 weeks to the latest one
-- p90_gap_days: Nine in ten gaps of those weeks were no longer, days
-- usual_weekday: Most common weekday in the publisher's zone, those weeks
-- usual_local_hour: Most common hour in the publisher's zone, those weeks
-- regularity: How well the rhythm is kept, 0 to 1: the better of two measures
--   over its latest regime (publishing_rhythms). By weekday: days that were due
--   and had an article, as a share of days that were due or had one. By
--   interval: 1 less the mean deviation of the gaps from their median, as a
--   share of that median, 0 at least. NULL with fewer than three gaps
-- streak_unit: week or month, whichever its rhythm is measured in
-- current_streak: Weeks or months in a row with an article, to now
-- longest_streak: Longest such row ever
-- longest_gap_days: Longest observed time between two articles ever, days
-- expected_next_at: When the next article is due, UTC: the next usual weekday
--   or the usual interval (publishing_rhythms); in the past for a late feed
-- tolerance_hours: Nine in ten articles came within this time of when they were
--   due; at least 12
-- days_since_last: Days from the latest article to as_of
-- status: on_time; late when observed past expected_next_at and its
--   tolerance_hours; silent when longer than 4 times p90_gap_days and 21 days
--   without an article; ended when longer than 12 times and a year; unknown
--   with fewer than 3 articles
with looks as (
    select
        feed_id,
        max(fetched_at) as looked_until_at
    from core.fetches
    where
        outcome in ('ok', 'unchanged', 'moved')
        and source = 'feed'
    group by all
),

sights as (
    select
        feed_id,
        max(observed_until_at) as seen_until_at
    from marts.observed_spans
    group by all
),

observed as (
    select
        f.feed_id,
        f.title as feed_title,
        m.as_of,
        least(
            m.as_of,
            coalesce(greatest(l.looked_until_at, s.seen_until_at), m.as_of)
        ) as observed_until_at
    from core.feeds as f
    cross join core.meta as m
    left join looks as l on f.feed_id = l.feed_id
    left join sights as s on f.feed_id = s.feed_id
),

months as (
    select
        feed_id,
        count(*) filter (where coverage = 'complete') as complete_month_count,
        count(*) filter (where coverage = 'partial') as partial_month_count,
        count(*) filter (where coverage = 'unknown') as unknown_month_count
    from marts.coverage_months
    where month <> 'undated'
    group by all
),

article_counts as (
    select
        feed_id,
        count(*) as article_count
    from core.articles
    group by all
),

weeks as (
    select
        o.feed_id,
        p.week_count,
        sum(greatest(0, epoch(s.observed_until_at) - greatest(
            epoch(s.observed_from_at),
            epoch(o.observed_until_at) - p.week_count * 604800
        ))) / 604800 as observed_weeks
    from observed as o
    inner join marts.observed_spans as s on o.feed_id = s.feed_id
    cross join (values (4), (12), (52)) as p (week_count)
    group by all
),

weeks_observed as (
    select
        feed_id,
        greatest(1, max(observed_weeks) filter (where week_count = 4))
            as weeks_4,
        greatest(1, max(observed_weeks) filter (where week_count = 12))
            as weeks_12,
        greatest(1, max(observed_weeks) filter (where week_count = 52))
            as weeks_52
    from weeks
    group by all
),

sighted as (
    select
        t.feed_id,
        t.published_at,
        (epoch(o.observed_until_at) - epoch(t.published_at)) / 604800
            as age_weeks,
        coalesce(t.published_at <= v.observed_until_at, false) as is_observed
    from marts.publishing_times as t
    inner join observed as o on t.feed_id = o.feed_id
    asof left join marts.observed_spans as v
        on t.feed_id = v.feed_id and t.published_at >= v.observed_from_at
),

spans as (
    select
        feed_id,
        count(*) as article_count,
        min(published_at) as first_published_at,
        max(published_at) as last_published_at,
        count(*) filter (where is_observed and age_weeks < 4) as count_4,
        count(*) filter (where is_observed and age_weeks < 12) as count_12,
        count(*) filter (where is_observed and age_weeks < 52) as count_52
    from sighted
    group by all
),

recent as (
    select t.*
    from marts.publishing_times as t
    inner join spans as s on t.feed_id = s.feed_id
    where t.published_at > s.last_published_at - interval 364 days
),

rhythms as (
    select
        feed_id,
        median(gap_days) as median_gap_days,
        quantile_cont(gap_days, 0.9) as p90_gap_days
    from recent
    group by all
),

usual_weekdays as (
    select
        feed_id,
        weekday as usual_weekday
    from recent
    group by feed_id, weekday, weekday_number
    qualify row_number() over (
        partition by feed_id
        order by count(*) desc, weekday_number
    ) = 1
),

usual_hours as (
    select
        feed_id,
        local_hour as usual_local_hour
    from recent
    group by feed_id, local_hour
    qualify row_number() over (
        partition by feed_id
        order by count(*) desc, local_hour
    ) = 1
),

measured as (
    select
        o.feed_id,
        o.feed_title,
        o.observed_until_at,
        s.first_published_at,
        s.last_published_at,
        r.median_gap_days,
        r.p90_gap_days,
        w.usual_weekday,
        h.usual_local_hour,
        coalesce(s.article_count, 0) as article_count,
        coalesce(c.article_count, 0) - coalesce(s.article_count, 0)
            as undated_count,
        coalesce(n.complete_month_count, 0) as complete_month_count,
        coalesce(n.partial_month_count, 0) as partial_month_count,
        coalesce(n.unknown_month_count, 0) as unknown_month_count,
        coalesce(s.count_4 / k.weeks_4, 0) as posts_per_week_4,
        coalesce(s.count_12 / k.weeks_12, 0) as posts_per_week_12,
        coalesce(s.count_52 / k.weeks_52, 0) as posts_per_week_52,
        y.regularity,
        y.streak_unit,
        y.current_streak,
        y.longest_streak,
        y.longest_gap_days,
        y.expected_next_at,
        y.tolerance_hours,
        (epoch(o.as_of) - epoch(s.last_published_at)) / 86400
            as days_since_last,
        (epoch(o.observed_until_at) - epoch(s.last_published_at)) / 86400
            as silent_days
    from observed as o
    left join article_counts as c on o.feed_id = c.feed_id
    left join spans as s on o.feed_id = s.feed_id
    left join rhythms as r on o.feed_id = r.feed_id
    left join weeks_observed as k on o.feed_id = k.feed_id
    left join months as n on o.feed_id = n.feed_id
    left join marts.publishing_rhythms as y on o.feed_id = y.feed_id
    left join usual_weekdays as w on o.feed_id = w.feed_id
    left join usual_hours as h on o.feed_id = h.feed_id
)

select
    feed_id,
    feed_title,
    article_count,
    undated_count,
    complete_month_count,
    partial_month_count,
    unknown_month_count,
    first_published_at,
    last_published_at,
    observed_until_at,
    round(posts_per_week_4, 2) as posts_per_week_4,
    round(posts_per_week_12, 2) as posts_per_week_12,
    round(posts_per_week_52, 2) as posts_per_week_52,
    round(median_gap_days, 2) as median_gap_days,
    round(p90_gap_days, 2) as p90_gap_days,
    usual_weekday,
    usual_local_hour,
    regularity,
    streak_unit,
    current_streak,
    longest_streak,
    longest_gap_days,
    expected_next_at,
    tolerance_hours,
    round(days_since_last, 1) as days_since_last,
    case
        when article_count < 3 then 'unknown'
        when silent_days > greatest(12 * p90_gap_days, 365) then 'ended'
        when silent_days > greatest(4 * p90_gap_days, 21) then 'silent'
        when
            observed_until_at
            > expected_next_at + to_seconds(tolerance_hours * 3600)
            then 'late'
        else 'on_time'
    end as status
from measured
order by feed_id
