-- Topics and companies of articles that the dimensions do not list.
-- severity: warning
with tagged as (
    select topic_id
    from core.article_topics
    union
    select topic_id
    from core.section_topics
)

select
    'topics' as missing_in,
    t.topic_id as missing_id
from tagged as t
where
    not exists (
        select 1
        from core.topics as k
        where k.topic_id = t.topic_id
    )
union all
select distinct
    'companies' as missing_in,
    c.company_id as missing_id
from core.article_companies as c
where not exists (
    select 1
    from core.companies as k
    where k.company_id = c.company_id
)
