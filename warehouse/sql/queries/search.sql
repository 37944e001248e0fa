-- Which articles hold these words?
-- param: words = kafka  Words, parted by blanks
-- param: rows = 10  How many articles to show
select
    score,
    strftime(published_at at time zone 'UTC', '%Y-%m-%d') as published,
    feed_id as feed,
    title
from search_articles($words)
order by score desc, published_at desc, article_id
limit $rows
