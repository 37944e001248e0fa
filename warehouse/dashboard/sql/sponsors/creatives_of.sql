-- Which advertisements did it run? One row per copy.
-- The same copy counts once, wherever it runs; all feeds and days.
select
    coalesce(nullif(trim(headline), ''), '(no headline)') as headline,
    placement_count as placements,
    feed_count as feeds,
    first_at::date as first_date,
    last_at::date as last_date,
    placement_count - labelled_count as unmarked
from marts.sponsor_creatives
where sponsor_id = $sponsor
order by first_date desc, headline
