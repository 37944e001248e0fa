-- Which items of digests are about a topic?
-- param: topic = ai-agents  Id of the topic, or a word of headings
-- param: feed = null  Only this feed
-- param: rows = 20  How many items to show
select
    strftime(published_at at time zone 'UTC', '%Y-%m-%d') as published,
    feed_id as feed,
    heading as item,
    round(score, 1) as score,
    evidence
from items_about($topic)
where $feed::varchar is null or feed_id = $feed
order by published_at desc nulls last, article_id, section_number
limit $rows
