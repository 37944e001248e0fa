-- How was it edited? One row per state it was seen in.
-- Titles and word counts are kept of every state, the text only of the latest;
-- that of an older one is in the landed document it was read from.
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
