-- What was written about a topic, company or technology?
-- param: term = kafka  Id of it, or a word of titles
-- param: rows = 20  How many articles to show
select
    strftime(published_at at time zone 'UTC', '%Y-%m-%d') as published,
    feed_id as feed,
    title,
    found_as
from articles_about($term)
order by published_at desc nulls last, article_id
limit $rows
