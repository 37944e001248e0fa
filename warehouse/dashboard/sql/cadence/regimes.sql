-- Which rhythms did it keep? One row per rhythm, the latest first.
-- A rhythm ends where the number of issues a week changes for good. Regularity
-- is how well it was kept, from 0 to 100 %. All rhythms, whatever the days
-- shown.
select
    start_date,
    end_date,
    posts_per_week,
    array_to_string(weekdays, ', ') as usual_weekdays,
    local_hour,
    regularity,
    median_gap_days,
    longest_gap_days,
    article_count,
    unobserved_days
from marts.cadence_regimes
where feed_id = $feed
order by regime_number desc
