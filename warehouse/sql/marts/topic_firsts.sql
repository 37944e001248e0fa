-- Who wrote about a topic first: one row per topic and feed.
-- topic_id: Topic (topics)
-- topic_name: Name of the topic
-- feed_id: Feed (feeds)
-- first_article_id: The feed's first dated article about it (articles)
-- first_title: Title of that article
-- first_url: Address of that article
-- first_published_at: When it was published, UTC
-- article_count: The feed's dated articles about it
-- place: Order among the feeds, 1 wrote first
with about as (
    select
        t.topic_id,
        p.feed_id,
        p.article_id,
        p.published_at,
        row_number() over (
            partition by t.topic_id, p.feed_id
            order by p.published_at, p.article_id
        ) as article_number,
        count(*) over (partition by t.topic_id, p.feed_id) as article_count
    from core.article_topics as t
    inner join marts.publishing_times as p on t.article_id = p.article_id
)

select
    b.topic_id,
    coalesce(t.topic_name, b.topic_id) as topic_name,
    b.feed_id,
    b.article_id as first_article_id,
    a.title as first_title,
    a.url as first_url,
    b.published_at as first_published_at,
    b.article_count,
    row_number() over (
        partition by b.topic_id
        order by b.published_at, b.article_id
    ) as place
from about as b
inner join core.articles as a on b.article_id = a.article_id
left join core.topics as t on b.topic_id = t.topic_id
where b.article_number = 1
order by b.topic_id, place
