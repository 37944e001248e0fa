-- Which paid placements and own offers stand in it? One row per placement.
-- Rule and evidence say how each was found and named, confidence how sure that
-- is. Below 0.6 it counts nowhere as paid.
select
    placement_number,
    if(is_house, 'own offer', 'paid') as sort,
    sponsor_name,
    position,
    headline,
    copy_text,
    cta_text,
    landing_url,
    is_labelled,
    label_text,
    evidence,
    rule,
    confidence,
    campaign_date,
    section_number
from core.sponsor_placements
where article_id = $article and month = $month
order by placement_number
