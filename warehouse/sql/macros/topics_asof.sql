-- Topics as known on a day, as in topics_asof(date '2026-01-31'): one row per
-- topic. Only articles first seen by the end of that day, UTC, count; their
-- topics are those today's rules find.
create or replace macro topics_asof(day) as table (
    with known as (
        select
            article_id,
            feed_id,
            published_at
        from core.articles
        where
            first_seen_at at time zone 'UTC'
            < day::date + interval 1 day  -- noqa: RF02
    ),

    totals as (
        select count(*) as article_count
        from known
    )

    select
        t.topic_id,
        coalesce(any_value(n.topic_name), t.topic_id) as topic_name,
        count(*) as article_count,
        round(count(*) / any_value(a.article_count), 4) as share,
        count(distinct k.feed_id) as feed_count,
        min(k.published_at) as first_at,
        max(k.published_at) as last_at
    from core.article_topics as t
    inner join known as k on t.article_id = k.article_id
    cross join totals as a
    left join core.topics as n on t.topic_id = n.topic_id
    group by t.topic_id
    order by article_count desc, t.topic_id
);
