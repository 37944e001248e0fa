-- Which feeds are there? One row per feed.
select
    feed_id,
    feed_label
from marts.feed_health
order by lower(feed_label), feed_id
