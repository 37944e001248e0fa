-- On which days did it publish? One row per day.
-- Days in the publisher's zone, a row of weeks for each weekday. Silent is a
-- day we know to be without an issue; not observed is a day nobody looked, so
-- that an issue may have come and gone.
with known as (
    select
        calendar_date,
        article_count,
        is_observed
    from marts.publishing_calendar
    where feed_id = $feed
),

days as (
    select
        unnest(generate_series(
            greatest($since::date, min(calendar_date))::timestamp,
            $until::date::timestamp,
            interval 1 day
        ))::date as calendar_date
    from known
    having count(*) > 0
)

select
    d.calendar_date,
    isoyear(d.calendar_date) as year,
    weekofyear(d.calendar_date) as week,
    isodow(d.calendar_date) as weekday_number,
    dayname(d.calendar_date) as weekday,
    coalesce(k.article_count, 0) as article_count,
    case
        when k.article_count > 1 then '2 or more'
        when k.article_count = 1 then '1 issue'
        when k.is_observed then 'silent'
        else 'not observed'
    end as state
from days as d
left join known as k on d.calendar_date = k.calendar_date
order by d.calendar_date
