-- Which sites do articles lead to?
-- param: feed = null  Only this feed
-- param: rows = 20  How many domains to show
select
    l.domain,
    count(*) as links,
    count(distinct l.article_id) as articles,
    count(distinct a.feed_id) as feeds
from core.links as l
inner join core.articles as a on l.article_id = a.article_id
where
    l.role in ('body', 'reference')
    and l.domain is not null
    and ($feed::varchar is null or a.feed_id = $feed)
group by l.domain
order by links desc, l.domain
limit $rows
