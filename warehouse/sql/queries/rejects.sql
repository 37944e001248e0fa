-- What could not be read, and why?
-- param: feed = null  Only this feed
-- param: rows = 20  How many rejects to show
select
    strftime(seen_at at time zone 'UTC', '%Y-%m-%d') as seen,
    feed_id as feed,
    entry_number as entry,
    reason,
    detail
from core.rejects
where $feed::varchar is null or feed_id = $feed
order by seen_at desc, feed_id, entry_number
limit $rows
