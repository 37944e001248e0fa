-- Articles that hold words, best first, as in search_articles('vector index'):
-- one row per article with any of them, the best 1,000 or, with most := 50, as
-- many as that. Case, accents, plurals and the endings -ed and -ing make no
-- difference; very common words (the, how) are passed over, and so are signs.
-- score is BM25: rare words count more than common ones, the title five times
-- as much as the text; it has no upper end.
create or replace macro search_articles(words, most := 1000) as table (
    with found as materialized (
        select
            term_hash,
            shelf::uinteger * 65536 + place as article_key,
            weight
        from search.postings
        where term_hash in (
            select md5_number_lower(unnest(list_transform(
                search_words(words),
                lambda word: search_stem(word)
            )))
        )
    ),

    totals as (
        select count(*) as article_count
        from search.articles
    ),

    rarities as (
        select
            f.term_hash,
            ln(
                1
                + (any_value(t.article_count) - count(*) + 0.5)
                / (count(*) + 0.5)
            ) as rarity
        from found as f
        cross join totals as t
        group by f.term_hash
    ),

    scored as (
        select
            f.article_key,
            sum(f.weight * r.rarity) / 100 as score
        from found as f
        inner join rarities as r on f.term_hash = r.term_hash
        group by f.article_key
    ),

    best as (
        select
            k.article_id,
            s.score
        from scored as s
        inner join search.articles as k on s.article_key = k.article_key
        order by s.score desc, k.published_at desc, k.article_id
        limit most
    )

    select
        a.article_id,
        a.feed_id,
        a.published_at,
        a.title,
        a.url,
        round(b.score, 3) as score
    from best as b
    inner join core.articles as a on b.article_id = a.article_id
    order by b.score desc, a.published_at desc, a.article_id
);
