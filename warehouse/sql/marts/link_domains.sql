-- Sites that articles lead to: one row per feed and domain.
-- Counts links of the roles body and reference.
-- feed_id: Feed (feeds)
-- domain: Registrable domain the links lead to
-- link_count: Links to it
-- article_count: Articles with at least one
-- first_at: First dated article with one, UTC
-- last_at: Latest dated article with one, UTC
with linked as (
    select
        article_id,
        domain,
        count(*) as link_count
    from core.links
    where
        role in ('body', 'reference')
        and domain is not null
    group by all
)

select
    a.feed_id,
    l.domain,
    sum(l.link_count)::bigint as link_count,
    count(*) as article_count,
    min(a.published_at) as first_at,
    max(a.published_at) as last_at
from linked as l
inner join core.articles as a on l.article_id = a.article_id
group by a.feed_id, l.domain
order by a.feed_id, link_count desc, l.domain
