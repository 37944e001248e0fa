-- Which articles are these? One row per article of a topic and month.
-- Evidence is the words that gave the topic, strongest first.
select
    t.article_id,
    p.published_at,
    h.feed_label as feed,
    a.title,
    t.evidence,
    a.url
from core.article_topics as t
inner join marts.publishing_times as p on t.article_id = p.article_id
inner join core.articles as a on t.article_id = a.article_id
inner join marts.feed_health as h on a.feed_id = h.feed_id
where
    t.topic_id = $topic
    and t.month = $month
    and a.month = $month
    and list_contains($feeds, a.feed_id)
order by p.published_at desc, t.article_id
limit 200
