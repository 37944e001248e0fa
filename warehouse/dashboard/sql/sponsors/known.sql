-- Which sponsors are known? One row per sponsor.
-- Named in a placement of any feed, house ads aside, however sure.
select
    sponsor_id,
    any_value(sponsor_name) as sponsor_name,
    count(*) as placements
from core.sponsor_placements
where
    sponsor_id is not null
    and not is_house
group by sponsor_id
order by lower(any_value(sponsor_name)), sponsor_id
