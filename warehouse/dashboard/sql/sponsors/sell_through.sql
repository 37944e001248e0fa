-- What share of the issues is sold? One row per month.
-- Sold is an issue with a paid placement (confidence 0.6 or more); house ads
-- count as unsold.
select
    strptime(month, '%Y-%m')::date as month_date,
    sum(issue_count)::bigint as issues,
    sum(sold_count)::bigint as sold,
    sum(house_count)::bigint as only_house_ads,
    sum(sold_count) / nullif(sum(issue_count), 0) as sold_share
from marts.sell_through
where
    list_contains($feeds, feed_id)
    and month between strftime($since, '%Y-%m') and strftime($until, '%Y-%m')
group by month
order by month_date
