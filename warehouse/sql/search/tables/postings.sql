-- Full-text index: one row per term and article that holds it.
-- Read by the macro search_articles.
-- term_hash: md5_number_lower of a word's stem, as search_stem gives it
-- shelf: Up to 65,536 articles of one month
-- place: Article on its shelf
-- weight: What the term counts for in the article, in hundredths: 100 for once
--   in a text of 600 words; in the title it counts five times
select
    null::ubigint as term_hash,
    null::usmallint as shelf,
    null::usmallint as place,
    null::utinyint as weight
where false
