-- Articles month by month without holes: one row per feed and month.
-- From the feed's first dated article to the month of core.meta.as_of.
-- feed_id: Feed (feeds)
-- month: Month in the publisher's zone, YYYY-MM
-- article_count: Articles published in it
-- word_count: Their editorial words
-- day_count: Days of the month from the first dated article to the last day
--   observed
-- observed_day_count: Days of these that were observed
-- posts_per_week: Articles of the observed days per week of these; NULL where
--   fewer than seven were observed. What nobody saw lowers no rate
-- state: published, silent (all days observed, no article), partly_observed
--   (no article on the days observed) or unobserved (nobody looked: no silence)
-- coverage: complete, partial or unknown, of the month in UTC (coverage_months)
with counted as (
    select
        feed_id,
        strftime(calendar_date, '%Y-%m') as month,
        sum(article_count)::bigint as article_count,
        sum(word_count)::bigint as word_count,
        count(*) as day_count,
        count(*) filter (where is_observed) as observed_day_count,
        coalesce(sum(article_count) filter (where is_observed), 0)
            as observed_article_count
    from marts.publishing_calendar
    group by all
),

begins as (
    select
        feed_id,
        min(month) as first_month
    from counted
    group by all
),

-- Months since anybody looked have no day in the calendar.
later as (
    select
        c.feed_id,
        c.month
    from marts.coverage_months as c
    inner join begins as b on c.feed_id = b.feed_id
    anti join counted as n on c.feed_id = n.feed_id and c.month = n.month
    where c.month > b.first_month and c.month <> 'undated'
),

months as (
    select *
    from counted
    union all by name
    select
        feed_id,
        month,
        0 as article_count,
        0 as word_count,
        0 as day_count,
        0 as observed_day_count,
        0 as observed_article_count
    from later
)

select
    m.feed_id,
    m.month,
    m.article_count::bigint as article_count,
    m.word_count::bigint as word_count,
    m.day_count::bigint as day_count,
    m.observed_day_count::bigint as observed_day_count,
    case
        when m.observed_day_count >= 7
            then
                round(7 * m.observed_article_count / m.observed_day_count, 2)
    end as posts_per_week,
    case
        when m.article_count > 0 then 'published'
        when m.observed_day_count = 0 then 'unobserved'
        when m.observed_day_count = m.day_count then 'silent'
        else 'partly_observed'
    end as state,
    coalesce(c.coverage, 'unknown') as coverage
from months as m
left join marts.coverage_months as c
    on m.feed_id = c.feed_id and m.month = c.month
order by m.feed_id, m.month
