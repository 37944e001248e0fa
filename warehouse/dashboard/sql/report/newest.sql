-- What came last? One row per article, the newest.
select
    a.published_at::date as published_date,
    h.feed_label as feed,
    a.title,
    a.url,
    string_agg(distinct p.sponsor_name, ', ' order by p.sponsor_name)
        as sponsors
from core.articles as a
inner join marts.feed_health as h on a.feed_id = h.feed_id
left join marts.paid_placements as p on a.article_id = p.article_id
where
    list_contains($feeds, a.feed_id)
    and a.published_at::date between $since and $until
group by a.article_id, a.published_at, h.feed_label, a.title, a.url
order by a.published_at desc, a.article_id
limit 30
