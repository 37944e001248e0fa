-- Takes the articles of the months that were loaded anew out of the index.
delete from search.postings
where shelf in (
    select a.article_key // 65536
    from search.articles as a
    where list_contains(getvariable('months'), a.month)
);

delete from search.articles
where list_contains(getvariable('months'), month);
