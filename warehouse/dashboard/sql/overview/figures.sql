-- How do the latest days compare with those before? One row in all.
-- Articles of the last 7 days, sponsors and sold issues of the last 28 days,
-- up to the latest article shown, each beside as many days before.
with anchor as (
    select coalesce(max(local_date), $until) as last_date
    from marts.publishing_times
    where
        list_contains($feeds, feed_id)
        and local_date <= $until
),

articles as (
    select
        count(*) filter (where t.local_date > n.last_date - 7) as articles_7,
        count(*) filter (where t.local_date <= n.last_date - 7)
            as articles_before
    from marts.publishing_times as t
    cross join anchor as n
    where
        list_contains($feeds, t.feed_id)
        and t.local_date > n.last_date - 14
        and t.local_date <= n.last_date
),

paid as (
    select
        p.article_id,
        p.sponsor_id,
        p.published_at::date > n.last_date - 28 as is_recent
    from marts.paid_placements as p
    cross join anchor as n
    where
        list_contains($feeds, p.feed_id)
        and p.published_at::date > n.last_date - 56
        and p.published_at::date <= n.last_date
),

sponsors as (
    select
        count(distinct sponsor_id) filter (where is_recent) as sponsors_28,
        count(distinct sponsor_id) filter (where not is_recent)
            as sponsors_before
    from paid
),

-- Feeds that never sold an issue have none to sell; of issues known only in
-- part nobody knows.
issues as (
    select
        a.published_at::date > n.last_date - 28 as is_recent,
        a.article_id in (select p.article_id from paid as p) as is_sold
    from core.articles as a
    cross join anchor as n
    where
        list_contains($feeds, a.feed_id)
        and a.feed_id in (select s.feed_id from marts.sell_through as s)
        and a.kind <> 'promo'
        and not a.is_truncated
        and a.month between
        strftime(n.last_date - 57, '%Y-%m') and strftime(n.last_date, '%Y-%m')
        and a.published_at::date > n.last_date - 56
        and a.published_at::date <= n.last_date
),

sold as (
    select
        avg(is_sold::integer) filter (where is_recent) as sold_28,
        avg(is_sold::integer) filter (where not is_recent) as sold_before
    from issues
),

health as (
    select
        count(*) as feeds,
        count(*) filter (where health = 'ok' and status <> 'late')
            as feeds_in_order
    from marts.feed_health
    where
        list_contains($feeds, feed_id)
        and health <> 'new'
)

select
    n.last_date,
    a.articles_7,
    a.articles_before,
    p.sponsors_28,
    p.sponsors_before,
    s.sold_28,
    s.sold_before,
    h.feeds,
    h.feeds_in_order
from anchor as n
cross join articles as a
cross join sponsors as p
cross join sold as s
cross join health as h
