-- What share of the issues is sold? One row per month.
-- Sold is an issue with a paid placement (confidence 0.6 or more); house ads
-- count as unsold. Only feeds that ever sold an issue count. Months nobody
-- watched are marked: their issues are unknown, not unsold.
with months as (
    select generate_series::date as month_date
    from generate_series(
        date_trunc('month', $since)::timestamp,
        date_trunc('month', $until)::timestamp,
        interval 1 month
    )
),

sold as (
    select
        month,
        sum(issue_count)::bigint as issues,
        sum(sold_count)::bigint as sold,
        sum(house_count)::bigint as only_house_ads
    from marts.sell_through
    where list_contains($feeds, feed_id)
    group by month
),

-- What lies before the first article of a feed was not watched either.
watched as (
    select
        month,
        bool_or(state in ('published', 'silent', 'partly_observed'))
            as is_watched
    from marts.publishing_months
    where
        list_contains($feeds, feed_id)
        and feed_id in (select s.feed_id from marts.sell_through as s)
    group by month
)

select
    m.month_date,
    coalesce(s.issues, 0) as issues,
    coalesce(s.sold, 0) as sold,
    coalesce(s.only_house_ads, 0) as only_house_ads,
    s.sold / nullif(s.issues, 0) as sold_share,
    s.issues is not null or coalesce(w.is_watched, false) as is_watched
from months as m
left join sold as s on strftime(m.month_date, '%Y-%m') = s.month
left join watched as w on strftime(m.month_date, '%Y-%m') = w.month
where exists (select 1 from sold)
order by m.month_date
