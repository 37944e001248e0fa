-- Sources that disagree on an article: one row per article and revision.
-- A revision counts when it was read from another format than the one before:
-- the author may not have edited anything, the sources differ.
-- article_id: Article (articles)
-- feed_id: Feed (feeds)
-- title: Title of the article
-- revision: Number of the revision
-- seen_at: When it was first seen, UTC
-- format: Format of the document that showed it
-- previous_format: Format of the one that showed the revision before it
-- changes: What differs: title, body, sponsor, links
-- is_return: True when it is again what an earlier revision was
with revisions as (
    select
        r.article_id,
        r.revision,
        r.seen_at,
        r.changes,
        r.content_hash,
        d.feed_id,
        d.format,
        lag(d.format) over (
            partition by r.article_id
            order by r.revision
        ) as previous_format,
        row_number() over (
            partition by r.article_id, r.content_hash
            order by r.revision
        ) > 1 as is_return
    from core.article_revisions as r
    inner join core.articles as a on r.article_id = a.article_id
    inner join core.documents as d
        on r.document_id = d.document_id and a.feed_id = d.feed_id
)

select
    r.article_id,
    r.feed_id,
    a.title,
    r.revision,
    r.seen_at,
    r.format,
    r.previous_format,
    r.changes,
    r.is_return
from revisions as r
inner join core.articles as a on r.article_id = a.article_id
where r.format <> r.previous_format
order by r.seen_at, r.article_id, r.revision
