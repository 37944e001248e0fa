-- Why do feeds fail, and what helps?
select
    feed_id as feed,
    last_outcome as outcome,
    consecutive_failures as failures,
    strftime(last_ok_at at time zone 'UTC', '%Y-%m-%d %H:%M') as last_ok,
    last_reason as reason
from marts.feed_health
where consecutive_failures > 0
order by consecutive_failures desc, feed_id
