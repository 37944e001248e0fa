-- Where and when did it advertise? One row per placement.
-- All feeds and days, doubtful ones included. Choose a row to read its copy.
select
    p.published_at::date as day_date,
    h.feed_label as feed,
    a.title as issue,
    p.position as slot,
    p.headline,
    p.copy_text,
    p.cta_text as call_to_action,
    p.landing_url,
    p.confidence,
    case when p.confidence >= 0.6 then 'counts' else 'doubtful' end
        as standing,
    case when p.is_labelled then 'yes' else 'no' end as marked_as_ad,
    p.label_text as label,
    p.rule,
    p.evidence,
    p.campaign_slug,
    p.campaign_date,
    case
        when p.campaign_date is null then null
        when p.is_date_mismatch then 'another issue'
        else 'this issue'
    end as campaign_is_for,
    p.article_id,
    p.placement_id
from core.sponsor_placements as p
inner join core.articles as a on p.article_id = a.article_id
left join marts.feed_health as h on p.feed_id = h.feed_id
where
    p.sponsor_id = $sponsor
    and not p.is_house
order by p.published_at desc nulls last, p.placement_id
