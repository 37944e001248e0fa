-- How many issues a week, and when did its rhythm change? One row per week.
-- Weeks begin on Monday in the publisher's zone. The line is the usual number
-- of issues in each rhythm; an upright line is where a new rhythm began.
with known as (
    select
        calendar_date,
        article_count,
        is_observed
    from marts.publishing_calendar
    where feed_id = $feed
),

days as (
    select
        unnest(generate_series(
            date_trunc('week', greatest($since::date, min(calendar_date)))
            ::timestamp,
            $until::date::timestamp,
            interval 1 day
        ))::date as calendar_date
    from known
    having count(*) > 0
),

begun as (
    select min(calendar_date) as first_date
    from known
),

weeks as (
    select
        date_trunc('week', d.calendar_date)::date as week_date,
        sum(coalesce(k.article_count, 0))::bigint as article_count,
        count(*) filter (
            where
            d.calendar_date >= b.first_date
            and not coalesce(k.is_observed, false)
        ) as unobserved_days
    from days as d
    cross join begun as b
    left join known as k on d.calendar_date = k.calendar_date
    group by all
),

regimes as (
    select
        regime_number,
        posts_per_week,
        date_trunc('week', start_date)::date as start_week
    from marts.cadence_regimes
    where feed_id = $feed
)

select
    w.week_date,
    w.article_count,
    w.unobserved_days,
    case
        when w.article_count > 0 and w.unobserved_days = 0 then 'issues'
        when w.article_count > 0 then 'issues, maybe more'
        when w.unobserved_days = 0 then 'silent'
        when w.unobserved_days = 7 then 'not observed'
        else 'partly observed'
    end as state,
    r.regime_number,
    r.posts_per_week as usual_per_week,
    r.regime_number > 1 and r.start_week = w.week_date as is_new_rhythm
from weeks as w
asof left join regimes as r on w.week_date >= r.start_week
order by w.week_date
