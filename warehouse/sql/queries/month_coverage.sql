-- Of which months is everything known, and what proves it?
-- param: feed = null  Only this feed
select
    feed_id as feed,
    month,
    article_count as articles,
    listed_count as listed,
    missing_count as missing,
    round(100 * observed_share, 1) as observed_percent,
    coverage,
    nullif(array_to_string(proofs, ', '), '') as proofs
from marts.coverage_months
where $feed::varchar is null or feed_id = $feed
order by feed_id, month
