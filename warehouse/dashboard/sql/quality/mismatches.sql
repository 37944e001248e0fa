-- Which advertisements carry the date of another issue? One row per placement.
-- The date in the link of the advertisement is more than three days from the
-- day of the issue: booked for another one, or the link was used again.
select
    p.published_at::date as day_date,
    h.feed_label as feed,
    coalesce(p.sponsor_name, 'unnamed') as sponsor,
    p.campaign_date,
    date_diff('day', p.campaign_date, p.published_at::date) as days_later,
    p.campaign_slug,
    p.headline,
    p.landing_url,
    p.article_id
from core.sponsor_placements as p
left join marts.feed_health as h on p.feed_id = h.feed_id
where
    list_contains($feeds, p.feed_id)
    and p.is_date_mismatch
    and not p.is_house
    and p.published_at::date between $since and $until
order by p.published_at desc, p.placement_id
