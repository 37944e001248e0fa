-- Which months were watched? One row per feed and month.
-- A month nobody watched is not a silent one: what was published then is
-- unknown. The twenty feeds with most articles are shown.
with months as (
    select
        feed_id,
        strptime(month, '%Y-%m')::date as month_date,
        article_count,
        day_count,
        observed_day_count,
        state
    from marts.publishing_months
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
    h.feed_title as feed,
    m.month_date,
    case m.state
        when 'published' then 'articles'
        when 'silent' then 'watched, no article'
        when 'partly_observed' then 'partly watched, no article'
        else 'not watched'
    end as state,
    m.article_count as articles,
    m.observed_day_count as watched_days,
    m.day_count as days
from months as m
inner join places as p on m.feed_id = p.feed_id
inner join marts.feed_health as h on m.feed_id = h.feed_id
where p.place <= 20
order by p.place, m.month_date
