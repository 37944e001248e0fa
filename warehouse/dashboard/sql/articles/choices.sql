-- What can articles be chosen by? One row per topic and company.
-- Of the chosen feeds; the commonest first, at most 300 of each.
with mine as (
    select article_id
    from core.articles
    where
        list_contains($feeds, feed_id)
        and (
            not month between '1990-01' and strftime($until::date, '%Y-%m')
            or month >= strftime($since::date, '%Y-%m')
        )
        and coalesce(published_at, first_seen_at)
        >= ($since::date)::timestamp at time zone 'UTC'
        and coalesce(published_at, first_seen_at)
        < ($until::date + 1)::timestamp at time zone 'UTC'
),

counted as (
    select
        'topic' as choice,
        t.topic_id as id,
        count(*) as article_count
    from core.article_topics as t
    inner join mine as m on t.article_id = m.article_id
    group by all
    union all
    select
        'company' as choice,
        c.company_id as id,
        count(distinct c.article_id) as article_count
    from core.article_companies as c
    inner join mine as m on c.article_id = m.article_id
    group by all
)

select
    choice,
    id,
    article_count
from counted
qualify
    row_number() over (
        partition by choice
        order by article_count desc, id
    ) <= 300
order by choice, article_count desc, id
