-- Where and when did a sponsor advertise?
-- param: sponsor = datadog  Id or name of the sponsor
select
    strftime(published_at at time zone 'UTC', '%Y-%m-%d') as published,
    feed_id as feed,
    position,
    headline,
    title as issue
from sponsor_history($sponsor)
order by published_at, placement_id
