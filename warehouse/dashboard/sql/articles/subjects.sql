-- What is it about? One row per topic, company and technology.
-- Evidence is the words that gave a topic, or how often a name stands in it.
with subjects as (
    select
        1 as sort_number,
        t.rank as place,
        'topic' as sort,
        t.topic_id as id,
        coalesce(n.topic_name, t.topic_id) as name,
        array_to_string(t.evidence, ', ') as evidence
    from core.article_topics as t
    left join core.topics as n on t.topic_id = n.topic_id
    where t.article_id = $article and t.month = $month
    union all
    select
        2 as sort_number,
        -c.mention_count as place,
        'company: ' || c.role as sort,
        c.company_id as id,
        c.company_name as name,
        'named ' || c.mention_count
        || if(c.mention_count = 1, ' time', ' times') as evidence
    from core.article_companies as c
    where c.article_id = $article and c.month = $month
    union all
    select
        3 as sort_number,
        -t.mention_count as place,
        'technology' as sort,
        t.technology_id as id,
        t.technology_name as name,
        'named ' || t.mention_count
        || if(t.mention_count = 1, ' time', ' times') as evidence
    from core.article_technologies as t
    where t.article_id = $article and t.month = $month
)

select
    sort,
    name,
    evidence,
    id
from subjects
order by sort_number, place, id
