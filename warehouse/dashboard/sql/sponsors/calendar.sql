-- Which placement ran when, and in which slot? One row per placement.
-- Paid placements with a date, named or not. The four sponsors with most of
-- them have a colour; feeds beyond the eight with most placements are only in
-- the table.
with placements as (
    select *
    from marts.paid_placements
    where
        list_contains($feeds, feed_id)
        and published_at::date between $since and $until
),

sponsor_places as (
    select
        sponsor_id,
        row_number() over (order by count(*) desc, sponsor_id) as place
    from placements
    where sponsor_id is not null
    group by sponsor_id
),

feed_places as (
    select
        feed_id,
        row_number() over (order by count(*) desc, feed_id) as place
    from placements
    group by feed_id
)

select
    p.published_at::date as day_date,
    h.feed_label as feed,
    p.position as slot,
    coalesce(p.sponsor_name, 'unnamed') as sponsor,
    case
        when s.place <= 4 then p.sponsor_name
        else 'others and unnamed'
    end as shown_as,
    least(coalesce(s.place, 5), 5) as sponsor_place,
    f.place as feed_place,
    p.headline,
    p.confidence,
    p.landing_url
from placements as p
inner join feed_places as f on p.feed_id = f.feed_id
inner join marts.feed_health as h on p.feed_id = h.feed_id
left join sponsor_places as s on p.sponsor_id = s.sponsor_id
order by p.published_at desc, p.placement_id
