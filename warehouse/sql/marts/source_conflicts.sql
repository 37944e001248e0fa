-- Sources that disagree on an article: one row per article, field and version.
-- A version counts that was not kept and that came from elsewhere than what was
-- kept, in another format or by another way (feed, history, import). What the
-- kept one's own source once said is an edit (article_changes), no conflict.
-- Bodies and sponsors are compared only where neither is cut.
-- article_id: Article (articles)
-- feed_id: Feed (feeds)
-- title: Title of the article
-- field: What differs: title, published_at (by a minute or more), body, sponsor
-- kept_value: What the article's row says; of body and sponsor how much it is,
--   and the first digits of the hash of it
-- other_value: What the other source says, in the same way
-- kept_source: Who was asked for the kept one: feed, history:<source>, import
-- kept_format: Format of the document it stands in
-- kept_document_id: That document (documents)
-- kept_seen_at: When that was captured, UTC
-- other_source: The same of the other
-- other_format: Format of the latest document that says so
-- other_document_id: That document (documents)
-- other_seen_at: When that was captured, UTC
-- reason: Why the kept one is: whole (the other is cut), feed (the feed's own
--   version goes before pages, posts and captures), later (of two of one kind
--   the later state), titled (a capture with titles goes before one without)
--   or first (nothing spoke for a change)
with sources as (
    select
        feed_id,
        document_id,
        arg_min(source, fetched_at) as source
    from core.fetches
    where document_id is not null
    group by all
),

sightings as (
    select
        s.article_id,
        s.document_id,
        s.format,
        s.title,
        s.published_at,
        s.word_count,
        s.placement_count,
        s.content_hash,
        s.is_truncated,
        d.fetched_at as seen_at,
        coalesce(o.source, 'feed') as source,
        a.document_id = s.document_id as is_kept
    from core.article_sources as s
    inner join core.articles as a on s.article_id = a.article_id
    inner join core.documents as d
        on s.document_id = d.document_id and a.feed_id = d.feed_id
    left join sources as o
        on d.feed_id = o.feed_id and d.document_id = o.document_id
    where s.content_hash is not null
    qualify count(*) over (partition by s.article_id) > 1
),

fields as (
    select unnest(['title', 'published_at', 'body', 'sponsor']) as field
),

said as (
    select
        s.*,
        f.field,
        case f.field
            when 'title' then s.title
            when 'published_at'
                then
                    strftime(
                        s.published_at at time zone 'UTC', '%Y-%m-%dT%H:%M:%SZ'
                    )
            when 'body'
                then concat(s.word_count, ' words, ', s.content_hash[17:24])
            else
                concat(
                    s.placement_count, ' placements, ', s.content_hash[33:40]
                )
        end as value
    from sightings as s
    cross join fields as f
),

-- What the kept one's own source said at any time.
own as (
    select distinct
        s.article_id,
        s.field,
        s.value
    from said as s
    inner join sightings as k
        on
            s.article_id = k.article_id
            and s.source = k.source
            and s.format = k.format
    where k.is_kept
),

conflicts as (
    select
        k.article_id,
        k.field,
        k.value as kept_value,
        o.value as other_value,
        k.source as kept_source,
        k.format as kept_format,
        k.document_id as kept_document_id,
        k.seen_at as kept_seen_at,
        o.source as other_source,
        o.format as other_format,
        o.document_id as other_document_id,
        o.seen_at as other_seen_at,
        case
            when o.is_truncated and not k.is_truncated then 'whole'
            when
                k.format not in ('html', 'preview-text', 'blog-text')
                and o.format in ('html', 'preview-text', 'blog-text')
                then 'feed'
            when k.title is not null and o.title is null then 'titled'
            when k.seen_at >= o.seen_at then 'later'
            else 'first'
        end as reason
    from said as k
    inner join said as o
        on
            k.article_id = o.article_id
            and k.field = o.field
            and k.value <> o.value
    anti join own as e
        on
            o.article_id = e.article_id
            and o.field = e.field
            and o.value = e.value
    where
        k.is_kept
        and not o.is_kept
        and (k.source <> o.source or k.format <> o.format)
        and (
            k.field not in ('body', 'sponsor')
            or not (k.is_truncated or o.is_truncated)
        )
        and (
            k.field <> 'published_at'
            or abs(epoch(k.published_at) - epoch(o.published_at)) >= 60
        )
    qualify row_number() over (
        partition by k.article_id, k.field, o.source, o.value
        order by o.seen_at desc, o.document_id
    ) = 1
)

select
    c.article_id,
    a.feed_id,
    a.title,
    c.field,
    c.kept_value,
    c.other_value,
    c.kept_source,
    c.kept_format,
    c.kept_document_id,
    c.kept_seen_at,
    c.other_source,
    c.other_format,
    c.other_document_id,
    c.other_seen_at,
    c.reason
from conflicts as c
inner join core.articles as a on c.article_id = a.article_id
order by a.feed_id, c.article_id, c.field, c.other_source, c.other_value
