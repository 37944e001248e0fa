-- Rhythm of a feed, as in cadence_of('bytebytego'): one row.
create or replace macro cadence_of(feed) as table (
    select *
    from marts.publishing_cadence
    where feed_id = feed
);
