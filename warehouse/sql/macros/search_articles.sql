-- Articles that hold words, best first, as in search_articles('vector index'):
-- one row per article with any of them. score counts the words found and adds
-- how often, in the title five times as much as in the text.
create or replace macro search_articles(words) as table (
    with wanted as (
        select distinct unnest(
            string_split_regex(trim(lower(words)), '\s+')
        ) as word
    ),

    counted as (
        select
            a.article_id,
            a.feed_id,
            a.published_at,
            a.title,
            a.url,
            len(string_split(lower(coalesce(a.title, '')), w.word)) - 1
                as title_count,
            len(string_split(lower(a.text), w.word)) - 1 as text_count
        from core.articles as a
        cross join wanted as w
        where
            w.word <> ''
            and (
                contains(lower(a.text), w.word)
                or contains(lower(coalesce(a.title, '')), w.word)
            )
    )

    select
        article_id,
        feed_id,
        published_at,
        title,
        url,
        round(sum(1 + ln(1 + 5 * title_count + text_count)), 3) as score
    from counted
    group by all
    order by score desc, published_at desc, article_id
);
