-- Does what is known change over time? One row per month.
-- Shares of the dated articles of each month. A sudden fall tells that a source
-- or a rule broke.
with articles as (
    select
        article_id,
        month,
        word_count,
        section_count,
        is_truncated
    from core.articles
    where
        list_contains($feeds, feed_id)
        and published_at::date between $since and $until
        and month between strftime($since, '%Y-%m') and strftime(
            $until, '%Y-%m'
        )
),

topics as (
    select distinct article_id
    from core.article_topics
    where month between strftime($since, '%Y-%m') and strftime($until, '%Y-%m')
),

paid as (
    select distinct article_id
    from marts.paid_placements
)

select
    strptime(a.month, '%Y-%m')::date as month_date,
    count(*) as articles,
    avg((a.word_count > 0)::integer) as text_share,
    avg((not a.is_truncated)::integer) as whole_text_share,
    avg((a.section_count > 0)::integer) as sections_share,
    avg((t.article_id is not null)::integer) as topics_share,
    avg((p.article_id is not null)::integer) as sponsored_share
from articles as a
left join topics as t on a.article_id = t.article_id
left join paid as p on a.article_id = p.article_id
group by a.month
order by a.month
