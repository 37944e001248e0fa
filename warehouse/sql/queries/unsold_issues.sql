-- Which issues, of those known whole, carried no paid placement?
-- param: feed = null  Only this feed
-- param: days = 90  How many days back
select
    strftime(a.published_at at time zone 'UTC', '%Y-%m-%d') as published,
    a.feed_id as feed,
    a.title,
    a.kind,
    coalesce(bool_or(h.is_house), false) as house_ad
from core.articles as a
cross join core.meta as m
left join core.sponsor_placements as h
    on a.article_id = h.article_id and h.is_house
where
    a.kind <> 'promo'
    and not a.is_truncated
    and a.published_at between m.as_of - to_days($days) and m.as_of
    and ($feed::varchar is null or a.feed_id = $feed)
    and a.feed_id in (
        select s.feed_id
        from marts.sell_through as s
    )
    and a.article_id not in (
        select p.article_id
        from marts.paid_placements as p
    )
group by a.article_id, a.published_at, a.feed_id, a.title, a.kind
order by a.published_at desc, a.article_id
