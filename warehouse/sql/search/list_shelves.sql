-- Shelves of the months that were loaded anew: one row per shelf, with the
-- characters it holds.
select
    s.article_key // 65536 as shelf,
    sum(length(a.text))::bigint as size
from search.articles as s
inner join core.articles as a on s.article_id = a.article_id
where list_contains(getvariable('months'), s.month)
group by shelf
order by shelf;
