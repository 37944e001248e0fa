-- Who wrote about it first? One row per topic.
-- The first article about each topic among the chosen feeds, newest first, also
-- when it is older than the days shown. First of what we hold: what was
-- published before a feed was followed may not be here.
with firsts as (
    select
        *,
        row_number() over (
            partition by topic_id
            order by first_published_at, feed_id
        ) as order_number
    from marts.topic_firsts
    where
        list_contains($feeds, feed_id)
        and (first_published_at at time zone 'UTC')::date <= $until::date
)

select
    f.topic_name,
    f.first_published_at,
    h.feed_label as feed,
    f.first_title as title,
    o.feed_label as second_feed,
    round(
        (epoch(s.first_published_at) - epoch(f.first_published_at)) / 86400
    )::bigint as days_to_second,
    n.feed_count,
    f.first_article_id as article_id
from firsts as f
inner join (
    select
        topic_id,
        count(*) as feed_count
    from firsts
    group by all
) as n on f.topic_id = n.topic_id
inner join marts.feed_health as h on f.feed_id = h.feed_id
left join firsts as s on f.topic_id = s.topic_id and s.order_number = 2
left join marts.feed_health as o on s.feed_id = o.feed_id
where f.order_number = 1
order by f.first_published_at desc, f.topic_name
