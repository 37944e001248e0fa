-- Topics that meet in the same articles: one row per pair of topics.
-- The first of a pair is the one whose id sorts first.
-- topic_id: First topic (topics)
-- topic_name: Its name
-- other_topic_id: Second topic (topics)
-- other_topic_name: Its name
-- article_count: Articles about both
-- overlap_share: Their share of the articles about either
with topic_totals as (
    select
        topic_id,
        count(*) as article_count
    from core.article_topics
    group by all
),

pairs as (
    select
        t.topic_id,
        o.topic_id as other_topic_id,
        count(*) as article_count
    from core.article_topics as t
    inner join core.article_topics as o
        on t.article_id = o.article_id and t.topic_id < o.topic_id
    group by all
)

select
    p.topic_id,
    coalesce(t.topic_name, p.topic_id) as topic_name,
    p.other_topic_id,
    coalesce(o.topic_name, p.other_topic_id) as other_topic_name,
    p.article_count,
    round(
        p.article_count
        / (a.article_count + b.article_count - p.article_count),
        4
    ) as overlap_share
from pairs as p
inner join topic_totals as a on p.topic_id = a.topic_id
inner join topic_totals as b on p.other_topic_id = b.topic_id
left join core.topics as t on p.topic_id = t.topic_id
left join core.topics as o on p.other_topic_id = o.topic_id
order by p.article_count desc, p.topic_id, p.other_topic_id
