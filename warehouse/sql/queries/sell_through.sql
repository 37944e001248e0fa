-- What share of the issues is sold, month by month?
-- param: feed = null  Only this feed
-- param: months = 12  How many months back
select
    s.month,
    s.feed_id as feed,
    s.issue_count as issues,
    s.sold_count as sold,
    s.house_count as house_only,
    s.cut_count as known_in_part,
    round(100 * s.sold_share, 1) as sold_percent,
    s.coverage
from marts.sell_through as s
cross join core.meta as m
where
    (s.month || '-01')::date
    > (m.as_of_month || '-01')::date - to_months($months)
    and ($feed::varchar is null or s.feed_id = $feed)
order by s.month desc, s.feed_id
