-- Rows without a value that everything rests on.
-- severity: error
select
    'articles' as table_name,
    article_id as key
from core.articles
where
    article_id is null
    or feed_id is null
    or document_id is null
    or first_seen_at is null
    or text is null
union all
select
    'documents' as table_name,
    document_id as key
from core.documents
where
    document_id is null
    or feed_id is null
    or fetched_at is null
union all
select
    'fetches' as table_name,
    feed_id as key
from core.fetches
where
    feed_id is null
    or fetched_at is null
    or outcome is null
union all
select
    'sponsor_placements' as table_name,
    placement_id as key
from core.sponsor_placements
where
    placement_id is null
    or article_id is null
    or rule is null
    or confidence is null
