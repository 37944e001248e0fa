-- An advertisement over time, small edits aside: one row per sponsor and
-- creative. Counts placements with not is_house and confidence >= 0.6 whose
-- sponsor is named.
-- sponsor_id: Sponsor (sponsors)
-- sponsor_name: Its name
-- creative_id: Same for all runs of the advertisement, small edits aside
-- headline: Latest headline it ran under
-- placement_count: Paid placements of this creative
-- variant_count: Different copies among them; 1 when it was never edited
-- feed_count: Feeds it ran in
-- first_at: First time it ran, UTC
-- last_at: Latest time it ran, UTC
-- labelled_count: Times it was marked as sponsored; fewer than placement_count
--   means that the same copy also ran unmarked
select
    sponsor_id,
    any_value(sponsor_name) as sponsor_name,
    creative_id,
    arg_max(headline, published_at) as headline,
    count(*) as placement_count,
    count(distinct copy_hash) as variant_count,
    count(distinct feed_id) as feed_count,
    min(published_at) as first_at,
    max(published_at) as last_at,
    count(*) filter (where is_labelled) as labelled_count
from marts.paid_placements
where sponsor_id is not null
group by sponsor_id, creative_id
order by sponsor_id, first_at, creative_id
