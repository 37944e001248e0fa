-- What was published last?
-- param: feed = null  Only this feed
-- param: rows = 20  How many articles to show
select
    strftime(a.published_at at time zone 'UTC', '%Y-%m-%d') as published,
    a.feed_id as feed,
    a.title,
    a.kind,
    a.word_count as words
from core.articles as a
cross join core.meta as m
where
    a.published_at <= m.as_of
    and ($feed::varchar is null or a.feed_id = $feed)
order by a.published_at desc, a.article_id
limit $rows
