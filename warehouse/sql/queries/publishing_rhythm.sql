-- How regularly do feeds publish, and who is late?
-- param: feed = null  Only this feed
select
    feed_id as feed,
    article_count as articles,
    posts_per_week_4 as per_week_4w,
    posts_per_week_52 as per_week_52w,
    median_gap_days as gap_days,
    usual_weekday[:3] || ' ' || lpad(usual_local_hour::varchar, 2, '0')
    || 'h' as usual,
    strftime(last_published_at at time zone 'UTC', '%Y-%m-%d') as last,
    status
from marts.publishing_cadence
where $feed::varchar is null or feed_id = $feed
order by feed_id
