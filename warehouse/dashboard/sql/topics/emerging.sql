-- Which phrases are new in headlines? One row per phrase.
-- Phrases that are no topic yet, in titles and headings of the last 90 days
-- against the year before. Counted over all feeds up to the latest load,
-- whatever is chosen above.
select
    term,
    article_count,
    past_article_count,
    feed_count,
    share,
    past_share,
    example_title
from marts.emerging_terms
order by score desc, term
