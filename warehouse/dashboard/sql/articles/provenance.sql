-- Which documents was it read from? One row per document that held it.
-- Each landed body lies unchanged in the data directory, in the file named
-- here; fields are the columns of the article that the document supplied.
select
    d.fetched_at,
    s.format,
    s.entry_number,
    s.document_id = a.document_id as is_latest,
    array_to_string(s.fields, ', ') as fields,
    d.source_uri,
    'landing/' || d.feed_id || '/'
    || strftime(d.fetched_at at time zone 'UTC', '%Y%m%dT%H%M%S.%fZ')
    || '-' || left(s.document_id, 12) || '.*.gz' as landed_file,
    s.document_id
from core.article_sources as s
inner join core.articles as a on s.article_id = a.article_id
left join core.documents as d on s.document_id = d.document_id
where s.article_id = $article and a.article_id = $article
order by d.fetched_at, s.document_id
