-- How much is written about what? One row per month and topic.
-- The topics with the most articles, each as a share of the articles of three
-- months, the one shown and the two before. An article may have several topics,
-- so shares add up to more than 100 %. Months are those of UTC, and whole.
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
            date_trunc('month', $since::date)::timestamp - interval 2 month
        ) at time zone 'UTC'
        and published_at < (
            date_trunc('month', $until::date)::timestamp + interval 1 month
        ) at time zone 'UTC'
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
    select topic_id
    from tagged
    group by topic_id
    order by sum(article_count) desc, topic_id
    limit $rows
),

totals as (
    select
        month_date,
        count(*) as article_count
    from dated
    group by all
),

quarters as (
    select
        c.month_date,
        sum(t.article_count) as article_count
    from calendar as c
    left join totals as t
        on
            t.month_date
            between c.month_date - interval 2 month and c.month_date
    group by all
),

counted as (
    select
        c.month_date,
        p.topic_id,
        coalesce(sum(t.article_count), 0) as article_count
    from calendar as c
    cross join top as p
    left join tagged as t
        on
            p.topic_id = t.topic_id
            and t.month_date
            between c.month_date - interval 2 month and c.month_date
    group by all
)

select
    c.month_date,
    coalesce(n.topic_name, c.topic_id) as topic_name,
    c.article_count::bigint as article_count,
    coalesce(q.article_count, 0)::bigint as all_article_count,
    c.article_count / nullif(q.article_count, 0) as share
from counted as c
inner join quarters as q on c.month_date = q.month_date
left join core.topics as n on c.topic_id = n.topic_id
order by c.month_date, c.article_count desc, c.topic_id
