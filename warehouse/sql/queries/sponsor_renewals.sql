-- Which sponsors come back, and which have left?
-- param: feed = null  Only this feed
-- param: rows = 30  How many sponsors to show
select
    feed_id as feed,
    sponsor_name as sponsor,
    renewal_class as renewal,
    placement_count as placements,
    run_count as runs,
    strftime(first_at at time zone 'UTC', '%Y-%m-%d') as first,
    strftime(last_at at time zone 'UTC', '%Y-%m-%d') as last
from marts.sponsor_roster
where $feed::varchar is null or feed_id = $feed
order by last_at desc, feed_id, sponsor
limit $rows
