-- Is advertising marked as such?
select
    feed_id as feed,
    sum(placement_count)::bigint as placements,
    sum(labelled_count)::bigint as labelled,
    sum(unlabelled_count)::bigint as unlabelled,
    round(
        100 * sum(labelled_count) / sum(placement_count), 1
    ) as labelled_percent
from marts.disclosure_audit
group by feed_id
order by labelled_percent, feed_id
