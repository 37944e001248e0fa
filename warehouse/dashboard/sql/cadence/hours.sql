-- At which hour of the week does it publish? One row per weekday and hour.
-- Hours in the publisher's own zone; the days shown only.
select
    weekday_number,
    weekday,
    local_hour,
    count(*) as article_count
from marts.publishing_times
where feed_id = $feed and local_date between $since::date and $until::date
group by weekday_number, weekday, local_hour
order by weekday_number, local_hour
