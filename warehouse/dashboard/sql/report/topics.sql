-- What was written about? One row per topic.
-- An article has up to six topics, so the shares add up to more than all.
with chosen as (
    select article_id
    from marts.publishing_times
    where
        list_contains($feeds, feed_id)
        and published_at::date between $since and $until
)

select
    t.topic_name as topic,
    count(*) as articles,
    count(*) / (select count(*) from chosen) as share
from core.article_topics as a
inner join chosen as c on a.article_id = c.article_id
inner join core.topics as t on a.topic_id = t.topic_id
group by t.topic_id, t.topic_name
order by articles desc, topic
limit 15
