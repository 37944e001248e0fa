-- Who pays for the most placements?
-- param: feed = null  Only this feed
-- param: months = 24  How many months back
-- param: rows = 10  How many sponsors to show
select
    any_value(p.sponsor_name) as sponsor,
    count(*) as placements,
    count(distinct p.article_id) as issues,
    count(distinct p.feed_id) as feeds,
    strftime(min(p.published_at) at time zone 'UTC', '%Y-%m-%d') as first,
    strftime(max(p.published_at) at time zone 'UTC', '%Y-%m-%d') as last
from marts.paid_placements as p
cross join core.meta as m
where
    p.sponsor_id is not null
    and p.published_at > m.as_of - to_months($months)
    and ($feed::varchar is null or p.feed_id = $feed)
group by p.sponsor_id
order by placements desc, issues desc, sponsor
limit $rows
