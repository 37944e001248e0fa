-- Edits after publication: one row per article and later revision.
-- article_id: Article (articles)
-- feed_id: Feed (feeds)
-- url: Address of the article
-- revision: Number of the revision, from 2
-- seen_at: When it was first seen, UTC
-- changes: What changed: title, body, sponsor, links
-- title: Title in this revision
-- previous_title: Title in the revision before it
-- word_count: Editorial words in this revision
-- word_count_change: Words more than in the revision before it
-- days_after_publication: Days from publication to seen_at; NULL without a date
with revisions as (
    select
        *,
        lag(title) over article_history as previous_title,
        word_count - lag(word_count) over article_history
            as word_count_change
    from core.article_revisions
    window article_history as (
        partition by article_id
        order by revision
    )
)

select
    r.article_id,
    a.feed_id,
    a.url,
    r.revision,
    r.seen_at,
    r.changes,
    r.title,
    r.previous_title,
    r.word_count,
    r.word_count_change,
    round((epoch(r.seen_at) - epoch(a.published_at)) / 86400, 1)
        as days_after_publication
from revisions as r
inner join core.articles as a on r.article_id = a.article_id
where r.revision > 1
order by r.seen_at, r.article_id, r.revision
