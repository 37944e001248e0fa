-- Sponsors known on a day, as in sponsors_asof(date '2026-01-31'): one row per
-- feed and sponsor. Only issues first seen by the end of that day, UTC, count,
-- with not is_house and confidence >= 0.6.
create or replace macro sponsors_asof(day) as table (
    select
        p.feed_id,
        p.sponsor_id,
        any_value(p.sponsor_name) as sponsor_name,
        count(*) as placement_count,
        min(p.published_at) as first_at,
        max(p.published_at) as last_at
    from marts.paid_placements as p
    inner join core.articles as a on p.article_id = a.article_id
    where
        p.sponsor_id is not null
        and a.first_seen_at at time zone 'UTC'
        < day::date + interval 1 day  -- noqa: RF02
    group by p.feed_id, p.sponsor_id
    order by p.feed_id, placement_count desc, p.sponsor_id
);
