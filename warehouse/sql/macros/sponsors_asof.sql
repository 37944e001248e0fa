-- Sponsors known on a day, as in sponsors_asof(date '2026-01-31'): one row per
-- feed and sponsor. Only issues first seen by the end of that day, UTC, count,
-- with not is_house and confidence >= 0.6, as today's rules read them. Of an
-- issue whose advertising was changed since, that of the day is not kept:
-- placement_count and the times leave it out, changed_count tells how many
-- placements of the sponsor stand in such issues today.
create or replace macro sponsors_asof(day) as table (
    with changed as (
        select distinct article_id
        from core.article_revisions
        where
            revision > 1
            and list_contains(changes, 'sponsor')
            and seen_at at time zone 'UTC'
            >= day::date + interval 1 day  -- noqa: RF02
    ),

    known as (
        select
            p.*,
            c.article_id is null as is_same
        from marts.paid_placements as p
        inner join core.articles as a on p.article_id = a.article_id
        left join changed as c on p.article_id = c.article_id
        where
            p.sponsor_id is not null
            and a.first_seen_at at time zone 'UTC'
            < day::date + interval 1 day  -- noqa: RF02
    )

    select
        feed_id,
        sponsor_id,
        any_value(sponsor_name) as sponsor_name,
        count(*) filter (where is_same) as placement_count,
        count(*) filter (where not is_same) as changed_count,
        min(published_at) filter (where is_same) as first_at,
        max(published_at) filter (where is_same) as last_at
    from known
    group by feed_id, sponsor_id
    order by feed_id, placement_count desc, changed_count desc, sponsor_id
);
