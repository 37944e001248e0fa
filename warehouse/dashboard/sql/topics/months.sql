-- When was what written about? One row per month and topic.
-- The topics with the most articles. Stronger colour is a larger share of the
-- month's articles; a month without any article stays empty. Choose a field to
-- see its articles.
with calendar as (
    select unnest(generate_series(
        date_trunc('month', $since::date)::timestamp,
        date_trunc('month', $until::date)::timestamp,
        interval 1 month
    ))::date as month_date
),

dated as (
    select
        article_id,
        date_trunc('month', published_at at time zone 'UTC')::date as month_date
    from marts.publishing_times
    where
        list_contains($feeds, feed_id)
        and published_at >= (
            date_trunc('month', $since::date)::timestamp
        ) at time zone 'UTC'
        and published_at < (
            date_trunc('month', $until::date)::timestamp + interval 1 month
        ) at time zone 'UTC'
),

totals as (
    select
        month_date,
        count(*) as article_count
    from dated
    group by all
),

tagged as (
    select
        d.month_date,
        t.topic_id,
        count(*) as article_count
    from dated as d
    inner join core.article_topics as t on d.article_id = t.article_id
    group by all
),

top as (
    select
        topic_id,
        row_number() over (order by sum(article_count) desc, topic_id) as place
    from tagged
    group by topic_id
    qualify place <= $rows
)

select
    c.month_date,
    strftime(c.month_date, '%Y-%m') as month,
    p.topic_id,
    coalesce(n.topic_name, p.topic_id) as topic_name,
    coalesce(t.article_count, 0) as article_count,
    m.article_count as all_article_count,
    coalesce(t.article_count, 0) / m.article_count as share
from calendar as c
cross join top as p
inner join totals as m on c.month_date = m.month_date
left join tagged as t
    on c.month_date = t.month_date and p.topic_id = t.topic_id
left join core.topics as n on p.topic_id = n.topic_id
order by p.place, c.month_date
