-- Whether advertising is marked as such: one row per feed and month.
-- Counts placements with not is_house and confidence >= 0.6, their sponsor
-- named or not.
-- feed_id: Feed (feeds)
-- month: Month of publication, UTC, or undated
-- placement_count: Paid placements
-- labelled_count: Those the publication marks as sponsored
-- unlabelled_count: Those it does not
-- labelled_share: labelled_count as a share of placement_count
-- unnamed_count: Placements nothing names the sponsor of
-- date_mismatch_count: Placements whose link carries the date of another issue
select
    feed_id,
    month,
    count(*) as placement_count,
    count(*) filter (where is_labelled) as labelled_count,
    count(*) filter (where not is_labelled) as unlabelled_count,
    round(avg(is_labelled::integer), 4) as labelled_share,
    count(*) filter (where sponsor_id is null) as unnamed_count,
    count(*) filter (where is_date_mismatch) as date_mismatch_count
from marts.paid_placements
group by all
order by feed_id, month
