-- Which sponsors are new?
-- param: days = 90  How many days back
select
    strftime(min(r.first_at) at time zone 'UTC', '%Y-%m-%d') as first,
    any_value(r.sponsor_name) as sponsor,
    any_value(r.category) as category,
    sum(r.placement_count)::bigint as placements,
    list_sort(list(r.feed_id)) as feeds
from marts.sponsor_roster as r
cross join core.meta as m
group by r.sponsor_id, m.as_of
having min(r.first_at) > m.as_of - to_days($days)
order by first desc, sponsor
