-- Titles and headings of the last fifteen months: one row per dated article.
-- What emerging_terms counts phrases in; sponsor copy and own offers are not
-- in it.
-- article_id: Article, 16 hex digits (articles)
-- feed_id: Feed it belongs to (feeds)
-- published_date: Day of publication, UTC
-- as_of_date: Day the warehouse is as of, UTC
-- title: Title of the article
-- headings: Headings of its own sections, in reading order
with own_headings as (
    select
        article_id,
        list(heading order by section_number) as headings
    from core.sections
    where heading is not null and role in ('editorial', 'digest_item')
    group by all
)

select
    a.article_id,
    a.feed_id,
    a.published_at::date as published_date,
    m.as_of::date as as_of_date,
    a.title,
    coalesce(h.headings, []) as headings
from core.articles as a
cross join core.meta as m
left join own_headings as h on a.article_id = h.article_id
where
    a.published_at <= m.as_of
    and a.published_at > m.as_of - interval 455 day
order by a.article_id
