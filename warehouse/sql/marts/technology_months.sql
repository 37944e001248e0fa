-- Technologies month by month: one row per month and technology.
-- Undated and future articles, and those before 1990 (feeds write year 1 for no
-- date), do not count. Months without an article that
-- names the technology have no row.
-- month: Month of publication, UTC
-- technology_id: Technology
-- technology_name: Its usual name
-- article_count: Articles that name it
-- mention_count: Times they name it
-- share: Share of the month's articles
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
)

select
    t.month,
    t.technology_id,
    any_value(t.technology_name) as technology_name,
    count(*) as article_count,
    sum(t.mention_count)::bigint as mention_count,
    round(count(*) / any_value(m.article_count), 4) as share
from core.article_technologies as t
inner join dated as d on t.article_id = d.article_id
inner join month_totals as m on d.month = m.month
group by t.month, t.technology_id
order by t.month, article_count desc, t.technology_id
