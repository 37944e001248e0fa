-- How many issues are sold: one row per feed and month.
-- Sold means a placement with not is_house and confidence >= 0.6, its sponsor
-- named or not; house ads count as unsold. Feeds that never sold one are left
-- out, and so are undated issues and the publisher's own promo posts.
-- feed_id: Feed (feeds)
-- month: Month of publication, UTC
-- issue_count: Issues published
-- sold_count: Issues with a paid placement
-- house_count: Issues with nothing but house ads in them
-- empty_count: Issues without any placement
-- placement_count: Paid placements
-- sold_share: sold_count as a share of issue_count
with sellers as (
    select distinct feed_id
    from marts.paid_placements
),

paid as (
    select
        article_id,
        count(*) as placement_count
    from marts.paid_placements
    group by all
),

house as (
    select distinct article_id
    from core.sponsor_placements
    where is_house
)

select
    a.feed_id,
    a.month,
    count(*) as issue_count,
    count(p.article_id) as sold_count,
    count(*) filter (
        where p.article_id is null and h.article_id is not null
    ) as house_count,
    count(*) filter (
        where p.article_id is null and h.article_id is null
    ) as empty_count,
    coalesce(sum(p.placement_count), 0)::bigint as placement_count,
    round(count(p.article_id) / count(*), 4) as sold_share
from core.articles as a
inner join sellers as s on a.feed_id = s.feed_id
left join paid as p on a.article_id = p.article_id
left join house as h on a.article_id = h.article_id
where
    a.kind <> 'promo'
    and a.month <> 'undated'
    and a.published_at <= (select m.as_of from core.meta as m)
group by all
order by a.feed_id, a.month
