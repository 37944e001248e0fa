-- What does it say? One row per section.
-- The text as it was read, section by section, each with the part it plays.
select
    section_number,
    role,
    level,
    heading,
    word_count,
    text
from core.sections
where article_id = $article and month = $month
order by section_number
