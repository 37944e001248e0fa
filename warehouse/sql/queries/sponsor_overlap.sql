-- Which sponsors advertise in several feeds?
-- param: rows = 20  How many sponsors to show
select
    any_value(sponsor_name) as sponsor,
    count(*) as feeds,
    sum(placement_count)::bigint as placements,
    list_sort(list(feed_id)) as feed_ids
from marts.sponsor_roster
group by sponsor_id
having count(*) > 1
order by feeds desc, placements desc, sponsor
limit $rows
