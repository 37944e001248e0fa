-- When did it advertise? One row per placement.
-- All feeds and days. Doubtful ones (confidence below 0.6) count nowhere else.
select
    p.published_at::date as day_date,
    h.feed_label as feed,
    p.position as slot,
    p.headline,
    p.confidence,
    case when p.confidence >= 0.6 then 'counts' else 'doubtful' end
        as standing
from core.sponsor_placements as p
left join marts.feed_health as h on p.feed_id = h.feed_id
where
    p.sponsor_id = $sponsor
    and not p.is_house
    and p.published_at is not null
order by p.published_at, p.placement_id
