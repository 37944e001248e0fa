-- Which feeds need attention?
-- param: feed = null  Only this feed
select
    feed_id as feed,
    health,
    last_outcome as outcome,
    consecutive_failures as failed,
    article_count as articles,
    days_since_last as days_quiet,
    coverage,
    missed_estimate as missed,
    reject_count as rejects
from marts.feed_health
where $feed::varchar is null or feed_id = $feed
order by
    case health
        when 'failing' then 1
        when 'warning' then 2
        when 'new' then 3
        else 4
    end,
    feed_id
