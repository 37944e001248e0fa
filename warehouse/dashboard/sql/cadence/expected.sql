-- When is the next issue due, and is the feed on time? One row per feed.
-- Due is the next usual weekday or the usual interval, whichever has told the
-- present rhythm better; nine in ten issues came within the time named as give
-- or take. Told as of the last time the feed could be read, not as of today.
with told as (
    select
        c.*,
        h.feed_label as feed_name,
        h.last_fetched_at is not null as is_known,
        strftime(
            c.expected_next_at at time zone 'UTC', '%a %-d %b %Y, %H:%M UTC'
        ) as due,
        case
            when c.tolerance_hours < 48
                then round(c.tolerance_hours)::bigint || ' hours'
            else round(c.tolerance_hours / 24)::bigint || ' days'
        end as tolerance
    from marts.publishing_cadence as c
    inner join marts.feed_health as h on c.feed_id = h.feed_id
    where list_contains($feeds, c.feed_id)
)

select
    feed_id,
    feed_name,
    case status
        when 'on_time' then 'on time'
        when 'late' then 'late: past its tolerance'
        when 'silent' then 'silent: for far longer than usual'
        when 'ended' then 'seems to have ended'
        else if(is_known, 'too few issues to tell', 'not fetched yet')
    end as standing,
    coalesce(due || ', give or take ' || tolerance, 'not known') as next_issue,
    last_published_at,
    if(is_known, observed_until_at, null) as observed_until_at,
    if(is_known, posts_per_week_12, null) as posts_per_week_12,
    usual_weekday,
    usual_local_hour,
    regularity,
    median_gap_days,
    current_streak || ' ' || streak_unit
    || if(current_streak = 1, '', 's') as streak
from told
order by
    case status
        when 'late' then 1
        when 'silent' then 2
        when 'on_time' then 3
        when 'ended' then 5
        else 4
    end + if(is_known, 0, 9),
    lower(feed_name),
    feed_id
