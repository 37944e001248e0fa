-- Indexes the articles of some shelves. Sorted by term, so that a search reads
-- the few row groups its terms stand in; by a hash of it, the same in every
-- version of DuckDB, as numbers are read and compared in half the time. weight
-- is what BM25 makes of a count (k1 = 1.2, b = 0.75, against a length of 600
-- words instead of the mean, which would change with every load): it grows
-- slowly, and less in a long text.
insert into search.postings
with texts as (
    select
        s.article_key,
        search_words(a.text) as text_words,
        search_words(coalesce(a.title, '')) as title_words
    from search.articles as s
    inner join core.articles as a
        on s.article_id = a.article_id and s.month = a.month
    where
        s.article_key // 65536 between getvariable('first_shelf')
        and getvariable('last_shelf')
),

words as (
    select
        article_key,
        unnest(text_words) as word,
        1 as word_weight
    from texts
    union all
    select
        article_key,
        unnest(title_words) as word,
        5 as word_weight
    from texts
),

counted as (
    select
        article_key,
        word,
        sum(word_weight) as word_count
    from words
    group by all
),

article_lengths as (
    select
        article_key,
        sum(word_count) as word_count
    from counted
    group by all
),

-- Stemmed once for all articles together: words are many, different ones few.
vocabulary as (
    select
        word,
        md5_number_lower(search_stem(word)) as term_hash
    from counted
    where
        length(word) <= 40
        and not list_contains(getvariable('stop_words'), word)
    group by all
),

terms as (
    select
        v.term_hash,
        c.article_key,
        sum(c.word_count) as word_count
    from counted as c
    inner join vocabulary as v on c.word = v.word
    group by all
)

select
    t.term_hash,
    t.article_key // 65536 as shelf,
    t.article_key % 65536 as place,
    round(
        220 * t.word_count / (
            t.word_count + 1.2 * (0.25 + 0.75 * n.word_count / 600)
        )
    ) as weight
from terms as t
inner join article_lengths as n on t.article_key = n.article_key
order by t.term_hash, t.article_key;
