-- When feeds publish: one row per feed, weekday and local hour.
-- Hours without an article have no row.
-- feed_id: Feed (feeds)
-- weekday_number: Weekday in the publisher's zone, 1 is Monday, 7 is Sunday
-- weekday: Its English name
-- local_hour: Hour in the publisher's zone, 0 to 23
-- article_count: Dated articles published then
-- share: Their share of the feed's dated articles
select
    feed_id,
    weekday_number,
    weekday,
    local_hour,
    count(*) as article_count,
    round(count(*) / sum(count(*)) over (partition by feed_id), 4) as share
from marts.publishing_times
group by feed_id, weekday_number, weekday, local_hour
order by feed_id, weekday_number, local_hour
