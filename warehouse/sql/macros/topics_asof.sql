-- Topics as known on a day, as in topics_asof(date '2026-01-31'): one row per
-- topic. Only articles first seen by the end of that day, UTC, count, by the
-- text they had then: today's rules found the topics in it. Of an article whose
-- title or text changed since, the text of that day is not kept: article_count,
-- share and the others leave it out, changed_count tells how many such articles
-- have the topic today. share is of the articles that did not change.
create or replace macro topics_asof(day) as table (
    with changed as (
        select distinct article_id
        from core.article_revisions
        where
            revision > 1
            and list_has_any(changes, ['title', 'body'])
            and seen_at at time zone 'UTC'
            >= day::date + interval 1 day  -- noqa: RF02
    ),

    known as (
        select
            a.article_id,
            a.feed_id,
            a.published_at,
            c.article_id is null as is_same
        from core.articles as a
        left join changed as c on a.article_id = c.article_id
        where
            a.first_seen_at at time zone 'UTC'
            < day::date + interval 1 day  -- noqa: RF02
    ),

    totals as (
        select count(*) filter (where is_same) as article_count
        from known
    )

    select
        t.topic_id,
        coalesce(any_value(n.topic_name), t.topic_id) as topic_name,
        count(*) filter (where k.is_same) as article_count,
        count(*) filter (where not k.is_same) as changed_count,
        round(
            count(*) filter (where k.is_same)
            / nullif(any_value(a.article_count), 0),
            4
        ) as share,
        count(distinct k.feed_id) filter (where k.is_same) as feed_count,
        min(k.published_at) filter (where k.is_same) as first_at,
        max(k.published_at) filter (where k.is_same) as last_at
    from core.article_topics as t
    inner join known as k on t.article_id = k.article_id
    cross join totals as a
    left join core.topics as n on t.topic_id = n.topic_id
    group by t.topic_id
    order by article_count desc, changed_count desc, t.topic_id
);
