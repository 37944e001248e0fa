-- What is this article made of? One row per section.
-- Sections in reading order, as wide as they have words.
select
    section_number,
    role,
    coalesce(heading, '(no heading)') as heading,
    word_count
from core.sections
where article_id = $article and month = $month
order by section_number
