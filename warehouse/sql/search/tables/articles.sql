-- Articles of the full-text index: one row per article.
-- Read by the macro search_articles.
-- article_id: Article, 16 hex digits (articles)
-- month: Month the article is kept under
-- published_at: Time of publication, UTC
-- article_key: Its number in the index: 65,536 times its shelf plus its place
select
    null::varchar as article_id,
    null::varchar as month,
    null::timestamptz as published_at,
    null::uinteger as article_key
where false
