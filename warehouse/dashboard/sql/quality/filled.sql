-- What is known of the articles? One row per feed.
-- Shares of the articles of the days shown, and of all that have no readable
-- date. A field may be empty because the source does not hold it. Sponsored:
-- articles with a paid placement.
with articles as (
    select
        article_id,
        feed_id,
        title,
        authors,
        published_at,
        word_count,
        section_count,
        link_count,
        is_truncated,
        is_paywalled
    from core.articles
    where
        list_contains($feeds, feed_id)
        and (
            published_at::date between $since and $until
            or published_at is null
        )
        and (
            month = 'undated'
            or month between
            strftime($since, '%Y-%m') and strftime($until, '%Y-%m')
        )
),

topics as (
    select distinct article_id
    from core.article_topics
    where
        month = 'undated'
        or month between
        strftime($since, '%Y-%m') and strftime($until, '%Y-%m')
),

companies as (
    select distinct article_id
    from core.article_companies
    where
        month = 'undated'
        or month between
        strftime($since, '%Y-%m') and strftime($until, '%Y-%m')
),

paid as (
    select distinct article_id
    from marts.paid_placements
)

select
    h.feed_label as feed,
    count(*) as articles,
    avg((a.title is not null)::integer) as title_share,
    avg((a.published_at is not null)::integer) as date_share,
    avg((len(a.authors) > 0)::integer) as author_share,
    avg((a.word_count > 0)::integer) as text_share,
    avg((not a.is_truncated)::integer) as whole_text_share,
    avg((not a.is_paywalled)::integer) as free_share,
    avg((a.section_count > 0)::integer) as sections_share,
    avg((a.link_count > 0)::integer) as links_share,
    avg((t.article_id is not null)::integer) as topics_share,
    avg((c.article_id is not null)::integer) as companies_share,
    avg((p.article_id is not null)::integer) as sponsored_share
from articles as a
inner join marts.feed_health as h on a.feed_id = h.feed_id
left join topics as t on a.article_id = t.article_id
left join companies as c on a.article_id = c.article_id
left join paid as p on a.article_id = p.article_id
group by h.feed_label, a.feed_id
order by count(*) desc, a.feed_id
