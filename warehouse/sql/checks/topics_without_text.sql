-- Articles that have topics though nothing of them can be read.
-- severity: warning
select distinct
    a.article_id,
    a.feed_id,
    a.title
from core.article_topics as t
inner join core.articles as a on t.article_id = a.article_id
where a.word_count = 0 and a.title is null
