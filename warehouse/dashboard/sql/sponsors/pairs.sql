-- Which sponsors meet in the same feeds? One row per pair.
-- Pairs of which both sponsor a chosen feed, over all days; the hundred that
-- met most often.
with sponsors as (
    select distinct sponsor_id
    from marts.sponsor_roster
    where list_contains($feeds, feed_id)
)

select
    p.sponsor_name as sponsor,
    p.other_sponsor_name as other_sponsor,
    p.issue_count as issues_together,
    p.feed_count as feeds_together,
    case when p.is_same_category then 'yes' end as same_market
from marts.sponsor_pairs as p
inner join sponsors as a on p.sponsor_id = a.sponsor_id
inner join sponsors as b on p.other_sponsor_id = b.sponsor_id
order by
    p.issue_count desc, p.feed_count desc, p.sponsor_id, p.other_sponsor_id
limit 100
