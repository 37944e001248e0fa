-- Sponsors of a feed by share of its placements: one row per sponsor.
select
    sponsor_name as sponsor,
    placement_count as placements,
    round(100 * placement_count / sum(placement_count) over (), 1) as percent
from who_sponsors($feed)
order by placements desc, sponsor
