-- Articles day by day without holes: one row per feed and day.
-- From the feed's first dated article to the last day it was observed; days
-- without an article have 0.
-- feed_id: Feed (feeds)
-- calendar_date: Day in the publisher's zone
-- article_count: Articles published on that day
-- word_count: Their editorial words
-- is_observed: False where articles can have passed unseen: nobody looked
--   (observed_spans). An article of such a day came from elsewhere, later
with articles as (
    select
        feed_id,
        min(local_date) as first_date,
        max(local_date) as last_date
    from marts.publishing_times
    group by all
),

spans as (
    select
        feed_id,
        from_date,
        until_date
    from marts.observed_days
),

ends as (
    select
        a.feed_id,
        a.first_date,
        greatest(a.last_date, max(s.until_date)) as last_date
    from articles as a
    left join spans as s on a.feed_id = s.feed_id
    group by a.feed_id, a.first_date, a.last_date
),

days as (
    select
        feed_id,
        unnest(generate_series(
            first_date::timestamp,
            last_date::timestamp,
            interval 1 day
        ))::date as calendar_date
    from ends
),

counts as (
    select
        feed_id,
        local_date as calendar_date,
        count(*) as article_count,
        sum(word_count)::bigint as word_count
    from marts.publishing_times
    group by all
)

select
    d.feed_id,
    d.calendar_date,
    coalesce(c.article_count, 0) as article_count,
    coalesce(c.word_count, 0) as word_count,
    coalesce(d.calendar_date <= s.until_date, false) as is_observed
from days as d
left join counts as c
    on d.feed_id = c.feed_id and d.calendar_date = c.calendar_date
asof left join spans as s
    on d.feed_id = s.feed_id and d.calendar_date >= s.from_date
order by d.feed_id, d.calendar_date
