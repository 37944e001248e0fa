-- The same advertisement over time: one row per sponsor and copy.
-- Counts placements with not is_house and confidence >= 0.6 whose sponsor is
-- named.
-- sponsor_id: Sponsor (sponsors)
-- sponsor_name: Its name
-- copy_hash: Same for the same copy, wherever it runs
-- headline: Latest headline it ran under
-- placement_count: Paid placements with this copy
-- feed_count: Feeds it ran in
-- first_at: First time it ran, UTC
-- last_at: Latest time it ran, UTC
-- labelled_count: Times it was marked as sponsored; fewer than placement_count
--   means that the same copy also ran unmarked
select
    sponsor_id,
    any_value(sponsor_name) as sponsor_name,
    copy_hash,
    arg_max(headline, published_at) as headline,
    count(*) as placement_count,
    count(distinct feed_id) as feed_count,
    min(published_at) as first_at,
    max(published_at) as last_at,
    count(*) filter (where is_labelled) as labelled_count
from marts.paid_placements
where sponsor_id is not null
group by sponsor_id, copy_hash
order by sponsor_id, first_at, copy_hash
