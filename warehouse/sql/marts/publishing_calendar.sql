-- Articles day by day without holes: one row per feed and day.
-- From the feed's first dated article to the last day it was observed; days
-- without an article have 0.
-- feed_id: Feed (feeds)
-- calendar_date: Day in the publisher's zone
-- article_count: Articles published on that day
-- word_count: Their editorial words
with days as (
    select
        t.feed_id,
        unnest(generate_series(
            min(t.local_date)::timestamp,
            greatest(
                max(t.local_date),
                (any_value(c.observed_until_at) at time zone 'UTC')::date
            )::timestamp,
            interval 1 day
        ))::date as calendar_date
    from marts.publishing_times as t
    inner join marts.publishing_cadence as c on t.feed_id = c.feed_id
    group by t.feed_id
)

select
    d.feed_id,
    d.calendar_date,
    count(t.article_id) as article_count,
    coalesce(sum(t.word_count), 0)::bigint as word_count
from days as d
left join marts.publishing_times as t
    on d.feed_id = t.feed_id and d.calendar_date = t.local_date
group by all
order by d.feed_id, d.calendar_date
