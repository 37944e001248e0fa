-- Which topics are written about more than before, beyond the margin of chance?
-- param: months = 3  Recent months, to set against the six before them
-- param: rows = 10  How many topics to show
with ages as (
    select
        t.topic_id,
        t.topic_name,
        t.article_count,
        t.month_article_count,
        date_diff(
            'month',
            (t.month || '-01')::date,
            (m.as_of_month || '-01')::date
        ) as age
    from marts.topic_months as t
    cross join core.meta as m
),

sums as (
    select
        topic_name,
        sum(article_count) filter (where age < $months) as articles,
        sum(month_article_count) filter (where age < $months) as all_now,
        sum(article_count) filter (where age >= $months) as articles_before,
        sum(month_article_count) filter (where age >= $months) as all_before
    from ages
    where age < $months + 6
    group by topic_id, topic_name
),

near as (
    select
        *,
        (articles + 1) / (all_now + 2) as near_now,
        (articles_before + 1) / (all_before + 2) as near_before
    from sums
)

select
    topic_name as topic,
    articles::bigint as articles,
    round(100 * articles / all_now, 1) as percent_now,
    round(100 * articles_before / all_before, 1) as percent_before,
    round(
        100 * articles / all_now - 100 * articles_before / all_before, 1
    ) as change,
    round(196 * sqrt(
        near_now * (1 - near_now) / (all_now + 2)
        + near_before * (1 - near_before) / (all_before + 2)
    ), 1) as margin
from near
where articles > 0 and all_before > 0
order by change desc, articles desc, topic
limit $rows
