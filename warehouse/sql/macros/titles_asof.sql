-- Articles as known on a day, as in titles_asof(date '2026-01-31'): one row per
-- article seen by the end of that day, UTC, with the title and revision it had
-- then. Days before its first capture know nothing of an article.
create or replace macro titles_asof(day) as table (
    select
        r.article_id,
        a.feed_id,
        a.published_at,
        arg_max(coalesce(r.title, ''), r.revision) as title,
        max(r.revision) as revision,
        max(r.seen_at) as seen_at,
        max(r.revision) < a.revision as is_changed_since
    from core.article_revisions as r
    inner join core.articles as a on r.article_id = a.article_id
    where
        r.seen_at at time zone 'UTC'
        < day::date + interval 1 day  -- noqa: RF02
    group by r.article_id, a.feed_id, a.published_at, a.revision
    order by a.published_at desc nulls last, r.article_id
);
