-- What is written about, month by month: one row per month and topic.
-- Dense: every topic ever found has a row in every month from the first dated
-- article to core.meta.as_of_month. Undated and future articles do not count.
-- month: Month of publication, UTC
-- topic_id: Topic (topics)
-- topic_name: Name of the topic
-- article_count: Articles about it
-- month_article_count: All articles of the month
-- share: Share of the month's articles; NULL in a month without any
-- rank: Place among the topics of the month, 1 has the most articles
-- momentum: share less its mean over the six months before; above 0 the topic
--   rises; NULL without earlier months or articles
with dated as (
    select
        a.article_id,
        a.month
    from core.articles as a
    cross join core.meta as m
    where
        a.month >= '1990-01'
        and a.month <> 'undated'
        and a.published_at <= m.as_of
),

month_totals as (
    select
        month,
        count(*) as article_count
    from dated
    group by all
),

calendar as (
    select
        strftime(unnest(generate_series(
            (min(d.month) || '-01')::timestamp,
            (any_value(m.as_of_month) || '-01')::timestamp,
            interval 1 month
        )), '%Y-%m') as month
    from dated as d
    cross join core.meta as m
),

topic_counts as (
    select
        d.month,
        t.topic_id,
        count(*) as article_count
    from dated as d
    inner join core.article_topics as t on d.article_id = t.article_id
    group by all
),

topics as (
    select distinct topic_id
    from topic_counts
),

shares as (
    select
        c.month,
        t.topic_id,
        coalesce(n.article_count, 0) as article_count,
        coalesce(m.article_count, 0) as month_article_count,
        case
            when m.article_count > 0
                then coalesce(n.article_count, 0) / m.article_count
        end as share
    from calendar as c
    cross join topics as t
    left join month_totals as m on c.month = m.month
    left join topic_counts as n
        on c.month = n.month and t.topic_id = n.topic_id
)

select
    s.month,
    s.topic_id,
    coalesce(t.topic_name, s.topic_id) as topic_name,
    s.article_count,
    s.month_article_count,
    round(s.share, 4) as share,
    rank() over (
        partition by s.month
        order by s.article_count desc
    ) as rank,
    round(s.share - avg(s.share) over (
        partition by s.topic_id
        order by s.month
        rows between 6 preceding and 1 preceding
    ), 4) as momentum
from shares as s
left join core.topics as t on s.topic_id = t.topic_id
order by s.month, rank, s.topic_id
