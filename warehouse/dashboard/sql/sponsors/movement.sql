-- Which sponsors came, came back and left? One row per month and movement.
-- Counted per feed. New: the first placement ever. Back: the first after 180
-- days without one. Lapsed: 180 days have gone by without another, as far as
-- the feed's articles reach. In a feed's first months all its sponsors are new.
with latest as (
    select
        feed_id,
        last_published_at at time zone 'UTC' as last_published_at
    from marts.publishing_cadence
),

placements as (
    select
        p.feed_id,
        p.sponsor_id,
        p.sponsor_name,
        p.published_at at time zone 'UTC' as published_at,
        lag(p.published_at at time zone 'UTC') over sponsor_history
            as previous_at,
        lead(p.published_at at time zone 'UTC') over sponsor_history
            as next_at
    from marts.paid_placements as p
    where
        list_contains($feeds, p.feed_id)
        and p.sponsor_id is not null
        and p.published_at is not null
    window sponsor_history as (
        partition by p.feed_id, p.sponsor_id
        order by p.published_at, p.placement_id
    )
),

movements as (
    select
        case when previous_at is null then 'new' else 'back' end as movement,
        1 as direction,
        published_at as moved_at,
        sponsor_name
    from placements
    where
        previous_at is null
        or published_at - previous_at > interval 180 days
    union all
    select
        'lapsed' as movement,
        -1 as direction,
        p.published_at + interval 180 days as moved_at,
        p.sponsor_name
    from placements as p
    inner join latest as l on p.feed_id = l.feed_id
    where
        p.published_at + interval 180 days < l.last_published_at
        and (
            p.next_at is null
            or p.next_at - p.published_at > interval 180 days
        )
)

select
    date_trunc('month', moved_at)::date as month_date,
    movement,
    count(*) as sponsors,
    count(*) * any_value(direction) as change,
    string_agg(distinct sponsor_name, ', ' order by sponsor_name) as who
from movements
where moved_at::date between $since and $until
group by month_date, movement
order by month_date, movement desc
