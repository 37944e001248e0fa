-- Keys that more than one row of a core table has.
-- severity: error
select
    'articles' as table_name,
    article_id as key,
    count(*) as row_count
from core.articles
group by article_id
having count(*) > 1
union all
select
    'article_companies' as table_name,
    concat_ws('/', article_id, company_id, role) as key,
    count(*) as row_count
from core.article_companies
group by article_id, company_id, role
having count(*) > 1
union all
select
    'article_revisions' as table_name,
    concat_ws('/', article_id, revision) as key,
    count(*) as row_count
from core.article_revisions
group by article_id, revision
having count(*) > 1
union all
select
    'article_sources' as table_name,
    concat_ws('/', article_id, document_id) as key,
    count(*) as row_count
from core.article_sources
group by article_id, document_id
having count(*) > 1
union all
select
    'article_technologies' as table_name,
    concat_ws('/', article_id, technology_id) as key,
    count(*) as row_count
from core.article_technologies
group by article_id, technology_id
having count(*) > 1
union all
select
    'article_topics' as table_name,
    concat_ws('/', article_id, topic_id) as key,
    count(*) as row_count
from core.article_topics
group by article_id, topic_id
having count(*) > 1
union all
select
    'companies' as table_name,
    company_id as key,
    count(*) as row_count
from core.companies
group by company_id
having count(*) > 1
union all
select
    'documents' as table_name,
    concat_ws('/', feed_id, document_id) as key,
    count(*) as row_count
from core.documents
group by feed_id, document_id
having count(*) > 1
union all
select
    'feeds' as table_name,
    feed_id as key,
    count(*) as row_count
from core.feeds
group by feed_id
having count(*) > 1
union all
select
    'fetches' as table_name,
    concat_ws('/', feed_id, fetched_at) as key,
    count(*) as row_count
from core.fetches
group by feed_id, fetched_at
having count(*) > 1
union all
select
    'history_months' as table_name,
    concat_ws('/', feed_id, published_month) as key,
    count(*) as row_count
from core.history_months
group by feed_id, published_month
having count(*) > 1
union all
select
    'history_walks' as table_name,
    concat_ws('/', feed_id, source, closed_at) as key,
    count(*) as row_count
from core.history_walks
group by feed_id, source, closed_at
having count(*) > 1
union all
select
    'links' as table_name,
    concat_ws('/', article_id, link_number) as key,
    count(*) as row_count
from core.links
group by article_id, link_number
having count(*) > 1
union all
select
    'rejects' as table_name,
    concat_ws('/', feed_id, document_id, entry_number) as key,
    count(*) as row_count
from core.rejects
group by feed_id, document_id, entry_number
having count(*) > 1
union all
select
    'section_topics' as table_name,
    concat_ws('/', article_id, section_number, topic_id) as key,
    count(*) as row_count
from core.section_topics
group by article_id, section_number, topic_id
having count(*) > 1
union all
select
    'sections' as table_name,
    concat_ws('/', article_id, section_number) as key,
    count(*) as row_count
from core.sections
group by article_id, section_number
having count(*) > 1
union all
select
    'sponsor_placements' as table_name,
    placement_id as key,
    count(*) as row_count
from core.sponsor_placements
group by placement_id
having count(*) > 1
union all
select
    'sponsors' as table_name,
    sponsor_id as key,
    count(*) as row_count
from core.sponsors
group by sponsor_id
having count(*) > 1
union all
select
    'topics' as table_name,
    topic_id as key,
    count(*) as row_count
from core.topics
group by topic_id
having count(*) > 1
