-- Which technologies are written about? One row per month and technology.
-- The ones that the most articles name in their own text, not in paid
-- placements.
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

named as (
    select
        d.month_date,
        t.technology_id,
        any_value(t.technology_name) as technology_name,
        count(*) as article_count
    from dated as d
    inner join core.article_technologies as t on d.article_id = t.article_id
    group by d.month_date, t.technology_id
),

top as (
    select
        technology_id,
        any_value(technology_name) as technology_name,
        row_number() over (
            order by sum(article_count) desc, technology_id
        ) as place
    from named
    group by technology_id
    qualify place <= $rows
)

select
    c.month_date,
    p.technology_name,
    coalesce(t.article_count, 0) as article_count
from calendar as c
cross join top as p
left join named as t
    on c.month_date = t.month_date and p.technology_id = t.technology_id
order by p.place, c.month_date
