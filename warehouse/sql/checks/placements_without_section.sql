-- Placements whose section the article does not have.
-- severity: warning
select
    p.placement_id,
    p.article_id,
    p.section_number
from core.sponsor_placements as p
where not exists (
    select 1
    from core.sections as s
    where
        s.article_id = p.article_id
        and s.section_number = p.section_number
)
