-- How sure are the rules of the placements? One row per rule and band.
-- A rule is written as what found the placement + what named the sponsor.
-- Placements below 0.6 are doubtful and count nowhere; house ads are left out.
with placements as (
    select
        rule,
        sponsor_id,
        feed_id,
        confidence,
        count(*) over (partition by rule) as rule_count,
        case
            when confidence >= 0.9 then '0.9 and more'
            when confidence >= 0.75 then '0.75 to 0.9'
            when confidence >= 0.6 then '0.6 to 0.75'
            else 'doubtful'
        end as band
    from core.sponsor_placements
    where
        list_contains($feeds, feed_id)
        and not is_house
        and (
            published_at is null
            or published_at::date between $since and $until
        )
)

select
    rule,
    band,
    count(*) as placements,
    round(avg(confidence), 2) as mean_confidence,
    count(*) filter (where sponsor_id is null) as unnamed,
    count(distinct feed_id) as feeds,
    any_value(rule_count) as rule_placements
from placements
group by rule, band
order by rule_placements desc, rule, mean_confidence desc
