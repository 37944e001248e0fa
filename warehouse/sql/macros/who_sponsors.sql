-- Sponsors of a feed, as in who_sponsors('bytebytego'): one row per sponsor.
-- Counts not is_house and confidence >= 0.6.
create or replace macro who_sponsors(feed) as table (
    select
        sponsor_id,
        sponsor_name,
        placement_count,
        issue_count,
        first_at,
        last_at,
        renewal_class
    from marts.sponsor_roster
    where feed_id = feed
    order by placement_count desc, sponsor_id
);
