-- Which feeds are there? One row per feed.
select
    feed_id,
    coalesce(nullif(trim(feed_title), ''), feed_id) as feed_title
from marts.feed_health
order by lower(feed_title), feed_id
