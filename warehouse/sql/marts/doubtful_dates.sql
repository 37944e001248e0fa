-- Articles whose date tells nothing of when they appeared: one row per article.
-- They count in no month, rate or trend: neither as growth nor as silence.
-- A move to another platform, or a feed that stamps what it shows, gives many
-- articles one date: a batch is six or more of a day, five times what the
-- feed's other days have, that no more than a third as many captures brought,
-- and that stand within a minute, within an hour of a day among others, or, ten
-- or more of them, anywhere in a day among four others.
-- article_id: Article, 16 hex digits (articles)
-- feed_id: Feed it belongs to (feeds)
-- published_at: The date it has, UTC; NULL for none
-- first_seen_at: When it was first seen, UTC
-- reason: undated, impossible (before 1990: feeds write year 1 for no date),
--   future (after core.meta.as_of, or two days and more after it was first
--   seen: announced, or stamped anew at an edit) or batch
-- batch_count: Articles of its batch; NULL for another reason
with judged as (
    select
        a.article_id,
        a.feed_id,
        a.published_at,
        a.first_seen_at,
        (a.published_at at time zone 'UTC')::date as published_date,
        case
            when a.published_at is null then 'undated'
            when a.published_at < timestamptz '1990-01-01 00:00:00+00'
                then 'impossible'
            when
                a.published_at > least(
                    m.as_of, a.first_seen_at + interval 2 days
                )
                then 'future'
        end as reason
    from core.articles as a
    cross join core.meta as m
),

days as (
    select
        feed_id,
        published_date,
        count(*) as article_count,
        count(distinct first_seen_at) as capture_count,
        epoch(max(published_at)) - epoch(min(published_at)) as spread_seconds
    from judged
    where reason is null
    group by all
),

usual as (
    select
        feed_id,
        count(*) as day_count,
        median(article_count) as usual_count
    from days
    group by all
),

-- Where there are few days, the batch itself would be usual: the others count.
crowded as (
    select
        d.feed_id,
        d.published_date,
        d.article_count,
        d.spread_seconds,
        u.day_count - 1 as other_day_count,
        coalesce(median(o.article_count), u.usual_count) as usual_count
    from days as d
    inner join usual as u on d.feed_id = u.feed_id
    left join days as o
        on
            d.feed_id = o.feed_id
            and d.published_date <> o.published_date
            and u.day_count < 10
    where d.article_count >= 6 and d.capture_count * 3 <= d.article_count
    group by
        d.feed_id,
        d.published_date,
        d.article_count,
        d.spread_seconds,
        u.day_count,
        u.usual_count
),

batches as (
    select
        feed_id,
        published_date,
        article_count
    from crowded
    where
        (other_day_count = 0 or article_count > 5 * usual_count)
        and (
            spread_seconds < 60
            or (other_day_count >= 1 and spread_seconds <= 3600)
            or (other_day_count >= 4 and article_count >= 10)
        )
)

select
    j.article_id,
    j.feed_id,
    j.published_at,
    j.first_seen_at,
    coalesce(j.reason, 'batch') as reason,
    b.article_count as batch_count
from judged as j
left join batches as b
    on
        j.feed_id = b.feed_id
        and j.published_date = b.published_date
        and j.reason is null
where j.reason is not null or b.feed_id is not null
order by j.feed_id, j.article_id
