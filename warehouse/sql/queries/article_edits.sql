-- Which articles were edited after publication?
-- param: rows = 20  How many edits to show
select
    strftime(seen_at at time zone 'UTC', '%Y-%m-%d') as seen,
    feed_id as feed,
    title,
    changes,
    word_count_change as words_more,
    days_after_publication as days_after
from marts.article_changes
order by seen_at desc, article_id, revision desc
limit $rows
