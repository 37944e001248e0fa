-- How was it edited? One row per state it was seen in.
-- Each state has its title and word count; what an edit took away is kept with
-- it, and told below.
with states as (
    select
        revision,
        seen_at,
        changes,
        title,
        lag(title) over (order by revision) as previous_title,
        word_count,
        word_count - lag(word_count) over (order by revision) as words_more,
        content_hash,
        document_id
    from core.article_revisions
    where article_id = $article
)

select
    revision,
    seen_at,
    array_to_string(changes, ', ') as changes,
    title,
    previous_title,
    word_count,
    words_more,
    content_hash,
    document_id
from states
order by revision
