-- Is advertising marked as such? One row per month.
-- Paid placements (confidence 0.6 or more) that the publication marks as
-- sponsored, and those it does not.
select
    strptime(month, '%Y-%m')::date as month_date,
    sum(labelled_count)::bigint as marked,
    sum(unlabelled_count)::bigint as unmarked,
    sum(labelled_count) / nullif(sum(placement_count), 0) as marked_share,
    sum(unnamed_count)::bigint as without_a_name
from marts.disclosure_audit
where
    list_contains($feeds, feed_id)
    and month <> 'undated'
    and month between strftime($since, '%Y-%m') and strftime($until, '%Y-%m')
group by month
order by month_date
