-- Which advertisements run, and how long? One row per advertisement.
-- Advertisements of sponsors of the chosen feeds that ran in the days shown;
-- their counts are over all feeds and days. The chart shows the twenty that ran
-- most often.
select
    c.sponsor_name as sponsor,
    coalesce(nullif(trim(c.headline), ''), '(no headline)') as headline,
    c.placement_count as placements,
    c.variant_count as versions,
    c.feed_count as feeds,
    c.first_at::date as first_date,
    c.last_at::date as last_date,
    c.placement_count - c.labelled_count as unmarked,
    row_number() over (
        order by
            c.placement_count desc, c.last_at desc, c.sponsor_id, c.headline
    ) as place,
    c.sponsor_id
from marts.sponsor_creatives as c
where
    c.sponsor_id in (
        select r.sponsor_id
        from marts.sponsor_roster as r
        where list_contains($feeds, r.feed_id)
    )
    and c.first_at::date <= $until
    and c.last_at::date >= $since
order by place
