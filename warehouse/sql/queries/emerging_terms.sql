-- Which phrases rise in headlines and are no topic yet?
-- param: rows = 20  How many phrases to show
select
    term,
    article_count as articles,
    feed_count as feeds,
    past_article_count as articles_year_before,
    round(score, 1) as score,
    example_title as latest_title
from marts.emerging_terms
order by score desc, term
limit $rows
