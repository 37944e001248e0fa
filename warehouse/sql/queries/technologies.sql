-- Which technologies are named most?
-- param: months = 6  How many months back
-- param: rows = 20  How many technologies to show
select
    any_value(t.technology_name) as technology,
    sum(t.article_count)::bigint as articles,
    sum(t.mention_count)::bigint as mentions
from marts.technology_months as t
cross join core.meta as m
where
    (t.month || '-01')::date
    > (m.as_of_month || '-01')::date - to_months($months)
group by t.technology_id
order by articles desc, mentions desc, technology
limit $rows
