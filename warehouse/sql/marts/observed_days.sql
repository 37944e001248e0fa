-- Days on which no post of a feed passed unseen: one row per feed and span.
-- Those of observed_spans; a day begun is a day observed. Marts that tell days
-- apart and no hours read it instead: it changes once a day, not at each look.
-- feed_id: Feed (feeds)
-- span_number: Order in time, from 1
-- from_date: First day, UTC
-- until_date: Last day, UTC
select
    feed_id,
    span_number,
    (observed_from_at at time zone 'UTC')::date as from_date,
    (observed_until_at at time zone 'UTC')::date as until_date
from marts.observed_spans
order by feed_id, span_number
