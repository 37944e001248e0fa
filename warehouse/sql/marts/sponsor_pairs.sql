-- Sponsors that meet in the same feeds: one row per pair of sponsors.
-- Counts placements with not is_house and confidence >= 0.6 whose sponsor is
-- named. The first of a pair is the one whose id sorts first.
-- sponsor_id: First sponsor (sponsors)
-- sponsor_name: Its name
-- other_sponsor_id: Second sponsor (sponsors)
-- other_sponsor_name: Its name
-- feed_count: Feeds that carried both
-- issue_count: Issues that carried both
-- is_same_category: True when both are in the same market
with booked as (
    select
        feed_id,
        sponsor_id,
        any_value(sponsor_name) as sponsor_name,
        any_value(category) as category,
        list(distinct article_id) as article_ids
    from marts.paid_placements
    where sponsor_id is not null
    group by all
)

select
    b.sponsor_id,
    any_value(b.sponsor_name) as sponsor_name,
    o.sponsor_id as other_sponsor_id,
    any_value(o.sponsor_name) as other_sponsor_name,
    count(*) as feed_count,
    sum(len(list_intersect(b.article_ids, o.article_ids)))::bigint
        as issue_count,
    coalesce(bool_or(b.category = o.category), false) as is_same_category
from booked as b
inner join booked as o
    on b.feed_id = o.feed_id and b.sponsor_id < o.sponsor_id
group by b.sponsor_id, o.sponsor_id
order by issue_count desc, feed_count desc, b.sponsor_id, o.sponsor_id
