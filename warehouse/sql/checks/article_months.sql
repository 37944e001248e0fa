-- Articles, or parts of them, kept under another month than they belong to.
-- severity: error
with expected as (
    select
        article_id,
        month as kept_month,
        coalesce(
            strftime(published_at at time zone 'UTC', '%Y-%m'), 'undated'
        ) as month
    from core.articles
),

kept as (
    select
        'articles' as table_name,
        article_id,
        kept_month as month
    from expected
    union all
    select distinct
        'sections' as table_name,
        article_id,
        month
    from core.sections
    union all
    select distinct
        'links' as table_name,
        article_id,
        month
    from core.links
    union all
    select distinct
        'sponsor_placements' as table_name,
        article_id,
        month
    from core.sponsor_placements
    union all
    select distinct
        'article_topics' as table_name,
        article_id,
        month
    from core.article_topics
    union all
    select distinct
        'section_topics' as table_name,
        article_id,
        month
    from core.section_topics
    union all
    select distinct
        'article_companies' as table_name,
        article_id,
        month
    from core.article_companies
    union all
    select distinct
        'article_technologies' as table_name,
        article_id,
        month
    from core.article_technologies
)

select
    k.table_name,
    k.article_id,
    k.month,
    e.month as expected_month
from kept as k
inner join expected as e on k.article_id = e.article_id
where k.month <> e.month
