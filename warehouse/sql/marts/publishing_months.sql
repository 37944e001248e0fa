-- Articles month by month without holes: one row per feed and month.
-- feed_id: Feed (feeds)
-- month: Month in the publisher's zone, YYYY-MM
-- article_count: Articles published in it
-- word_count: Their editorial words
-- day_count: Days of the month from the first dated article to the last day
--   observed
-- observed_day_count: Days of these that were observed
-- state: published, silent (all days observed, no article), partly_observed
--   (no article on the days observed) or unobserved (nobody looked: no silence)
select
    feed_id,
    strftime(calendar_date, '%Y-%m') as month,
    sum(article_count)::bigint as article_count,
    sum(word_count)::bigint as word_count,
    count(*) as day_count,
    count(*) filter (where is_observed) as observed_day_count,
    case
        when sum(article_count) > 0 then 'published'
        when bool_and(is_observed) then 'silent'
        when bool_or(is_observed) then 'partly_observed'
        else 'unobserved'
    end as state
from marts.publishing_calendar
group by all
order by feed_id, month
