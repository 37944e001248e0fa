-- Where may posts have been missed?
-- param: feed = null  Only this feed
select
    feed_id as feed,
    strftime(previous_fetched_at at time zone 'UTC', '%Y-%m-%d')
        as captured_before,
    strftime(fetched_at at time zone 'UTC', '%Y-%m-%d') as captured,
    gap_days,
    missed_estimate as missed
from marts.coverage_ledger
where
    coverage = 'gap'
    and ($feed::varchar is null or feed_id = $feed)
order by fetched_at desc, feed_id
