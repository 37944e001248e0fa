-- Sponsors month by month: one row per month, feed and sponsor.
-- Counts placements with not is_house and confidence >= 0.6 whose sponsor is
-- named; undated ones are left out. Months without a placement have no row.
-- month: Month of publication, UTC
-- feed_id: Feed (feeds)
-- sponsor_id: Sponsor (sponsors)
-- sponsor_name: Its name
-- placement_count: Paid placements
-- issue_count: Issues with at least one
-- share: Share of the feed's named paid placements of the month
-- is_first_month: True in the month the feed first carried the sponsor
select
    month,
    feed_id,
    sponsor_id,
    any_value(sponsor_name) as sponsor_name,
    count(*) as placement_count,
    count(distinct article_id) as issue_count,
    round(
        count(*) / sum(count(*)) over (partition by month, feed_id), 4
    ) as share,
    month = min(month) over (
        partition by feed_id, sponsor_id
    ) as is_first_month
from marts.paid_placements
where
    sponsor_id is not null
    and month <> 'undated'
group by month, feed_id, sponsor_id
order by month, feed_id, placement_count desc, sponsor_id
