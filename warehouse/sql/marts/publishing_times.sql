-- Articles that count for cadence, in local time: one row per dated article.
-- Left out: articles of doubtful_dates (undated, impossible, future, batches).
-- article_id: Article, 16 hex digits (articles)
-- feed_id: Feed it belongs to (feeds)
-- published_at: Time of publication, UTC
-- local_at: The same in the publisher's zone (feeds.timezone), without a zone
-- local_date: Day of local_at
-- weekday_number: Weekday of local_at, 1 is Monday, 7 is Sunday
-- weekday: Its English name
-- local_hour: Hour of local_at, 0 to 23
-- gap_days: Days since the feed's article before it; NULL for the first
-- word_count: Editorial words
with zones as (
    select
        f.feed_id,
        coalesce(z.name, 'UTC') as timezone
    from core.feeds as f
    left join pg_timezone_names() as z on f.timezone = z.name
),

dated as (
    select
        a.article_id,
        a.feed_id,
        a.published_at,
        a.word_count,
        a.published_at at time zone coalesce(z.timezone, 'UTC') as local_at
    from core.articles as a
    left join zones as z on a.feed_id = z.feed_id
    left join marts.doubtful_dates as d on a.article_id = d.article_id
    where d.article_id is null
)

select
    article_id,
    feed_id,
    published_at,
    local_at,
    local_at::date as local_date,
    isodow(local_at) as weekday_number,
    dayname(local_at) as weekday,
    hour(local_at) as local_hour,
    round(
        (
            epoch(published_at) - epoch(lag(published_at) over (
                partition by feed_id
                order by published_at, article_id
            ))
        ) / 86400,
        4
    ) as gap_days,
    word_count
from dated
order by feed_id, published_at, article_id
