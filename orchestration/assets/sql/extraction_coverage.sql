-- What share of the last year's articles was anything found in?
select
    count(*) as article_count,
    avg((a.section_count > 0)::integer) as sections,
    avg((a.word_count > 0)::integer) as text,
    avg((a.published_at is not null)::integer) as dates,
    avg((a.article_id in (
        select t.article_id
        from core.article_topics as t
    ))::integer) as topics,
    avg((a.article_id in (
        select c.article_id
        from core.article_companies as c
    ))::integer) as companies,
    avg((a.article_id in (
        select p.article_id
        from marts.paid_placements as p
    ))::integer) as placements
from core.articles as a
cross join core.meta as m
where coalesce(a.published_at > m.as_of - interval 365 days, true)
