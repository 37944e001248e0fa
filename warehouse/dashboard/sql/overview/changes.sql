-- What changed in the last week? One row per change.
-- The seven days to the latest article shown. A topic rises when it has at
-- least twice as many articles as in a usual week of the twelve weeks before,
-- those without any article left out. A sponsor is new when the feed, known for
-- four weeks or more, had it never before.
with anchor as (
    select coalesce(max(local_date), $until) as last_date
    from marts.publishing_times
    where
        list_contains($feeds, feed_id)
        and local_date <= $until
),

times as (
    select
        t.article_id,
        t.local_date,
        (n.last_date - t.local_date) // 7 as weeks_ago
    from marts.publishing_times as t
    cross join anchor as n
    where
        list_contains($feeds, t.feed_id)
        and t.local_date > n.last_date - 91
        and t.local_date <= n.last_date
),

weeks as (
    select count(distinct weeks_ago) as week_count
    from times
    where weeks_ago > 0
),

topics as (
    select
        t.topic_id,
        count(*) filter (where a.weeks_ago = 0) as recent_count,
        count(*) filter (where a.weeks_ago > 0)
        / any_value(w.week_count) as usual_count,
        max(a.local_date) as latest_date
    from core.article_topics as t
    inner join times as a on t.article_id = a.article_id
    cross join weeks as w
    where w.week_count > 0
    group by all
),

rising as (
    select
        'rising topic' as change,
        n.topic_name as what,
        format(
            '{} articles; {:.1f} in a usual week',
            t.recent_count, t.usual_count
        ) as detail,
        t.latest_date as day_date
    from topics as t
    inner join core.topics as n on t.topic_id = n.topic_id
    where
        t.recent_count >= 2
        and t.recent_count >= 2 * t.usual_count
    order by t.recent_count - t.usual_count desc, n.topic_name
    limit 6
),

new_sponsors as (
    select
        'new sponsor' as change,
        r.sponsor_name as what,
        format(
            'first seen in {}',
            h.feed_label
        ) as detail,
        r.first_at::date as day_date
    from marts.sponsor_roster as r
    inner join marts.feed_health as h on r.feed_id = h.feed_id
    inner join marts.publishing_cadence as c on r.feed_id = c.feed_id
    cross join anchor as n
    where
        list_contains($feeds, r.feed_id)
        and r.first_at::date > n.last_date - 7
        and r.first_at::date <= n.last_date
        and c.first_published_at::date <= n.last_date - 28
),

late_feeds as (
    select
        'late feed' as change,
        h.feed_label as what,
        format(
            'was due on {}', strftime(c.expected_next_at, '%-d %b %Y')
        ) as detail,
        c.expected_next_at::date as day_date
    from marts.publishing_cadence as c
    inner join marts.feed_health as h on c.feed_id = h.feed_id
    where
        list_contains($feeds, c.feed_id)
        and c.status = 'late'
        and c.expected_next_at::date <= $until
),

failing_feeds as (
    select
        'feed not read' as change,
        feed_label as what,
        coalesce(last_reason, last_outcome) as detail,
        last_fetched_at::date as day_date
    from marts.feed_health
    where
        list_contains($feeds, feed_id)
        and consecutive_failures > 0
        and last_fetched_at::date <= $until
)

select
    change,
    what,
    detail,
    day_date
from (
    select
        1 as place,
        *
    from new_sponsors
    union all
    select
        2 as place,
        *
    from rising
    union all
    select
        3 as place,
        *
    from late_feeds
    union all
    select
        4 as place,
        *
    from failing_feeds
) as changes
order by place, day_date desc, what
