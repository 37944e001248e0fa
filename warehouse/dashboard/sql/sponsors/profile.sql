-- Who is this sponsor? One row in all.
select
    any_value(p.sponsor_name) as sponsor_name,
    any_value(s.category) as market,
    any_value(array_to_string(s.domains, ', ')) as domains,
    count(*) filter (where p.confidence >= 0.6) as placements,
    count(distinct p.feed_id) as feeds,
    min(p.published_at)::date as first_date,
    max(p.published_at)::date as last_date,
    avg(p.is_labelled::integer) as marked_share
from core.sponsor_placements as p
left join core.sponsors as s on p.sponsor_id = s.sponsor_id
where
    p.sponsor_id = $sponsor
    and not p.is_house
