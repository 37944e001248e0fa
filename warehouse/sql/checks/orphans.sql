-- Rows whose article, section, feed, document or sponsor is not there.
-- severity: error
with parts as (
    select
        'article_companies' as table_name,
        article_id
    from core.article_companies
    union
    select
        'article_revisions' as table_name,
        article_id
    from core.article_revisions
    union
    select
        'article_sources' as table_name,
        article_id
    from core.article_sources
    union
    select
        'article_technologies' as table_name,
        article_id
    from core.article_technologies
    union
    select
        'article_topics' as table_name,
        article_id
    from core.article_topics
    union
    select
        'links' as table_name,
        article_id
    from core.links
    union
    select
        'section_topics' as table_name,
        article_id
    from core.section_topics
    union
    select
        'sections' as table_name,
        article_id
    from core.sections
    union
    select
        'sponsor_placements' as table_name,
        article_id
    from core.sponsor_placements
),

of_feeds as (
    select
        'articles' as table_name,
        feed_id
    from core.articles
    union
    select
        'documents' as table_name,
        feed_id
    from core.documents
    union
    select
        'fetches' as table_name,
        feed_id
    from core.fetches
),

of_documents as (
    select
        'articles' as table_name,
        document_id
    from core.articles
    union
    select
        'article_revisions' as table_name,
        document_id
    from core.article_revisions
    union
    select
        'article_sources' as table_name,
        document_id
    from core.article_sources
    union
    select
        'rejects' as table_name,
        document_id
    from core.rejects
)

select
    p.table_name,
    'articles' as missing_in,
    p.article_id as missing_id
from parts as p
where
    not exists (
        select 1
        from core.articles as a
        where a.article_id = p.article_id
    )
union all
select
    o.table_name,
    'feeds' as missing_in,
    o.feed_id as missing_id
from of_feeds as o
where
    not exists (
        select 1
        from core.feeds as f
        where f.feed_id = o.feed_id
    )
union all
select
    o.table_name,
    'documents' as missing_in,
    o.document_id as missing_id
from of_documents as o
where
    not exists (
        select 1
        from core.documents as d
        where d.document_id = o.document_id
    )
union all
select distinct
    'section_topics' as table_name,
    'sections' as missing_in,
    concat_ws('/', t.article_id, t.section_number) as missing_id
from core.section_topics as t
where
    not exists (
        select 1
        from core.sections as s
        where
            s.article_id = t.article_id
            and s.section_number = t.section_number
            and s.role = 'digest_item'
    )
union all
select distinct
    'sponsor_placements' as table_name,
    'sponsors' as missing_in,
    p.sponsor_id as missing_id
from core.sponsor_placements as p
where
    p.sponsor_id is not null
    and not exists (
        select 1
        from core.sponsors as s
        where s.sponsor_id = p.sponsor_id
    )
