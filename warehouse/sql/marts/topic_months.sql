-- What is written about, month by month: one row per month and topic.
-- Dense: every topic ever found has a row in every month from the first dated
-- article to core.meta.as_of_month. Undated and future articles do not count.
-- month: Month of publication, UTC
-- topic_id: Topic (topics)
-- topic_name: Name of the topic
-- article_count: Articles about it
-- month_article_count: All articles of the month
-- share: Share of the month's articles; NULL in a month without any
-- rank: Place among the topics of the month, 1 has the most articles; NULL
--   where none is about it
-- past_article_count: Articles about it in the six months before
-- past_share: Their share of all articles of those months; NULL without any
-- momentum: share less past_share; above 0 the topic rises; NULL without
--   articles in the month or before
-- momentum_margin: How far momentum is off by chance in 19 of 20 months: large
--   where articles are few (Agresti and Caffo 2000: one article more with and
--   one more without the topic on either side)
-- trend: rising or falling where momentum exceeds its margin, else unclear;
--   NULL without momentum
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
),

with_past as (
    select
        *,
        coalesce(sum(article_count) over six_months_before, 0)::bigint
            as past_article_count,
        coalesce(sum(month_article_count) over six_months_before, 0)::bigint
            as past_month_article_count
    from shares
    window
        six_months_before as (
            partition by topic_id
            order by month
            rows between 6 preceding and 1 preceding
        )
),

adjusted as (
    select
        *,
        case
            when past_month_article_count > 0
                then past_article_count / past_month_article_count
        end as past_share,
        (article_count + 1) / (month_article_count + 2) as near_share,
        (past_article_count + 1) / (past_month_article_count + 2)
            as near_past_share
    from with_past
),

measured as (
    select
        *,
        share - past_share as momentum,
        case
            when share - past_share is not null
                then
                    1.96 * sqrt(
                        near_share * (1 - near_share)
                        / (month_article_count + 2)
                        + near_past_share * (1 - near_past_share)
                        / (past_month_article_count + 2)
                    )
        end as momentum_margin
    from adjusted
)

select
    s.month,
    s.topic_id,
    coalesce(t.topic_name, s.topic_id) as topic_name,
    s.article_count,
    s.month_article_count,
    round(s.share, 4) as share,
    case
        when s.article_count > 0
            then rank() over (
                partition by s.month
                order by s.article_count desc
            )
    end as rank,
    s.past_article_count,
    round(s.past_share, 4) as past_share,
    round(s.momentum, 4) as momentum,
    round(s.momentum_margin, 4) as momentum_margin,
    case
        when s.momentum > s.momentum_margin then 'rising'
        when s.momentum < -s.momentum_margin then 'falling'
        when s.momentum is not null then 'unclear'
    end as trend
from measured as s
left join core.topics as t on s.topic_id = t.topic_id
order by s.month, rank nulls last, s.topic_id
