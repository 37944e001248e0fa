-- Which feeds write about a topic, and who was first?
-- param: topic = ai-agents  Id of the topic
select
    feed_id as feed,
    article_count as articles,
    strftime(first_published_at at time zone 'UTC', '%Y-%m-%d') as first,
    first_title
from marts.topic_firsts
where topic_id = $topic
order by article_count desc, feed_id
