-- What was published last? One row per article.
-- The fifteen latest in the days shown. Choose a row to look into the article.
with latest as (
    select
        article_id,
        feed_id,
        local_at,
        published_at
    from marts.publishing_times
    where
        list_contains($feeds, feed_id)
        and local_date between $since and $until
    order by published_at desc, article_id
    limit 15
),

first_topics as (
    select
        t.article_id,
        string_agg(n.topic_name, ', ' order by t.rank) as topics
    from core.article_topics as t
    inner join latest as l on t.article_id = l.article_id
    inner join core.topics as n on t.topic_id = n.topic_id
    where
        t.rank <= 2
        and t.month between
        strftime($since - 1, '%Y-%m') and strftime($until + 1, '%Y-%m')
    group by all
),

sponsors as (
    select
        p.article_id,
        string_agg(distinct coalesce(p.sponsor_name, 'unnamed'), ', ')
            as sponsors
    from marts.paid_placements as p
    inner join latest as l on p.article_id = l.article_id
    group by all
)

select
    l.local_at::date as day_date,
    a.title,
    h.feed_label as feed,
    s.sponsors,
    t.topics,
    l.article_id,
    a.url
from latest as l
inner join core.articles as a on l.article_id = a.article_id
inner join marts.feed_health as h on l.feed_id = h.feed_id
left join first_topics as t on l.article_id = t.article_id
left join sponsors as s on l.article_id = s.article_id
where
    a.month between
    strftime($since - 1, '%Y-%m') and strftime($until + 1, '%Y-%m')
order by l.published_at desc, l.article_id
