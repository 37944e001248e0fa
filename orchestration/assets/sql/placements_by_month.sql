-- How many paid placements did each of the last months have?
select
    month,
    sum(issue_count)::bigint as issues,
    sum(placement_count)::bigint as placements
from marts.sell_through
group by all
order by month
