-- Which months were watched? One row per feed and month.
-- A month nobody watched is not a silent one: what was published then is
-- unknown. Missing: articles that the feed's own lists name and nobody could
-- read. The twenty feeds with most articles are shown.
with months as (
    select
        feed_id,
        strptime(month, '%Y-%m')::date as month_date,
        article_count,
        listed_count,
        missing_count,
        observed_share,
        coverage
    from marts.coverage_months
    where
        list_contains($feeds, feed_id)
        and month between strftime($since, '%Y-%m') and strftime(
            $until, '%Y-%m'
        )
),

places as (
    select
        feed_id,
        row_number() over (order by sum(article_count) desc, feed_id) as place
    from months
    group by feed_id
)

select
    h.feed_label as feed,
    m.month_date,
    case
        when m.coverage = 'complete' and m.article_count > 0
            then 'all articles known'
        when m.coverage = 'complete' then 'watched, no article'
        when m.article_count > 0 then 'some articles known'
        when m.coverage = 'partial' then 'partly watched, no article'
        else 'not watched'
    end as state,
    m.article_count as articles,
    m.listed_count as listed,
    m.missing_count as missing,
    m.observed_share as watched_share
from months as m
inner join places as p on m.feed_id = p.feed_id
inner join marts.feed_health as h on m.feed_id = h.feed_id
where p.place <= 20
order by p.place, m.month_date
