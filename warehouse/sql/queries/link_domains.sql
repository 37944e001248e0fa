-- Which sites do articles lead to?
-- param: feed = null  Only this feed
-- param: rows = 20  How many domains to show
select
    domain,
    sum(link_count)::bigint as links,
    sum(article_count)::bigint as articles,
    count(*) as feeds
from marts.link_domains
where $feed::varchar is null or feed_id = $feed
group by domain
order by links desc, domain
limit $rows
