-- Articles that hold words, best first, by the full-text index: one row per
-- article with any of them. score is BM25, over stems of English words; takes
-- the place of the macro that any reader has, with the same columns.
create or replace temp macro search_articles(words) as table (
    with scored as (
        select
            article_id,
            fts_core_articles.match_bm25(article_id, words) as score
        from core.articles
    )

    select
        a.article_id,
        a.feed_id,
        a.published_at,
        a.title,
        a.url,
        round(s.score, 3) as score
    from scored as s
    inner join core.articles as a on s.article_id = a.article_id
    where s.score is not null
    order by s.score desc, a.published_at desc, a.article_id
);
