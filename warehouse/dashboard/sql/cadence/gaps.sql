-- How long does it wait between issues? One row per whole number of days.
-- Days from each issue to the one before it, to the nearest day; those of more
-- than 60 days stand at 60. A wait with days in it that nobody looked at may in
-- truth have been shorter.
with waits as (
    select
        t.gap_days,
        exists(
            select 1
            from marts.publishing_calendar as c
            where
                c.feed_id = $feed
                and not c.is_observed
                and c.calendar_date < t.local_date
                and c.calendar_date > t.local_date - ceil(t.gap_days)::integer
        ) as has_unobserved
    from marts.publishing_times as t
    where
        t.feed_id = $feed
        and t.local_date between $since::date and $until::date
        and t.gap_days is not null
)

select
    least(60, round(gap_days))::bigint as days,
    if(has_unobserved, 'partly not observed', 'observed throughout') as state,
    count(*) as wait_count
from waits
group by all
order by days, state
