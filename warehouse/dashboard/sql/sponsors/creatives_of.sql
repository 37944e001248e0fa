-- Which advertisements did it run? One row per advertisement.
-- One advertisement may run in several versions, as with a word changed; all
-- feeds and days.
select
    coalesce(nullif(trim(headline), ''), '(no headline)') as headline,
    placement_count as placements,
    variant_count as versions,
    feed_count as feeds,
    first_at::date as first_date,
    last_at::date as last_date,
    placement_count - labelled_count as unmarked
from marts.sponsor_creatives
where sponsor_id = $sponsor
order by first_date desc, headline
