-- Numbers the articles of the months that were loaded anew, month by month, on
-- shelves of 65,536 that no other month shares.
insert into search.articles
with placed as (
    select
        article_id,
        month,
        published_at,
        row_number() over (
            partition by month
            order by article_id
        ) - 1 as place
    from core.articles
    where list_contains(getvariable('months'), month)
),

shelved as (
    select
        *,
        dense_rank() over (order by month, place // 65536) as shelf_number
    from placed
)

select
    s.article_id,
    s.month,
    s.published_at,
    (
        s.shelf_number
        + (
            select coalesce(max(a.article_key // 65536), 0)
            from search.articles as a
        )
    ) * 65536
    + s.place % 65536 as article_key
from shelved as s
order by article_key;
