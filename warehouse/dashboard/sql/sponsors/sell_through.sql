-- What share of the issues is sold? One row per month.
-- Sold is an issue with a paid placement (confidence 0.6 or more); house ads
-- count as unsold. Only feeds that ever sold an issue count, and only issues
-- known whole. Months nobody watched are marked: their issues are unknown, not
-- unsold.
with months as (
    select
        month,
        sum(issue_count)::bigint as issues,
        sum(sold_count)::bigint as sold,
        sum(house_count)::bigint as only_house_ads,
        bool_and(coverage = 'complete') as is_complete,
        bool_and(coverage = 'unknown') as is_unknown
    from marts.sell_through
    where
        list_contains($feeds, feed_id)
        and month between strftime($since, '%Y-%m') and strftime(
            $until, '%Y-%m'
        )
    group by month
)

select
    strptime(month, '%Y-%m')::date as month_date,
    issues,
    sold,
    only_house_ads,
    sold / nullif(issues, 0) as sold_share,
    case
        when is_complete then 'all issues known'
        when is_unknown and issues = 0 then 'not watched'
        else 'some issues known'
    end as state
from months
order by month
