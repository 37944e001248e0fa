-- What was published last?
-- param: feed = null  Only this feed
-- param: rows = 20  How many articles to show
with newest as (
    select
        a.published_at,
        a.article_id
    from core.articles as a
    where
        a.published_at <= (select m.as_of from core.meta as m)
        and ($feed::varchar is null or a.feed_id = $feed)
    order by a.published_at desc, a.article_id
    limit $rows
)

select
    strftime(a.published_at at time zone 'UTC', '%Y-%m-%d') as published,
    a.feed_id as feed,
    a.title,
    a.kind,
    a.word_count as words
from newest as n
inner join core.articles as a on n.article_id = a.article_id
order by a.published_at desc, a.article_id
