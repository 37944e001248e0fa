-- Where does it link to? One row per link.
-- In reading order. Only web addresses can be opened.
select
    link_number,
    role,
    anchor_text,
    domain,
    section_number,
    canonical_url as url
from core.links
where article_id = $article and month = $month
order by link_number
