-- Feeds whose latest articles suddenly lack text, topics or placements.
-- severity: warning
with numbered as (
    select
        a.feed_id,
        a.article_id,
        a.word_count > 0 as has_text,
        a.article_id in (
            select t.article_id
            from core.article_topics as t
        ) as has_topics,
        a.article_id in (
            select s.article_id
            from marts.paid_placements as s
        ) as has_placements,
        row_number() over (
            partition by a.feed_id
            order by p.published_at desc, a.article_id
        ) as recency
    from core.articles as a
    inner join marts.publishing_times as p on a.article_id = p.article_id
    where a.kind <> 'promo'
),

shares as (
    select
        feed_id,
        avg(has_text::integer) filter (where recency <= 10) as text_now,
        avg(has_text::integer) filter (where recency > 10) as text_before,
        avg(has_topics::integer) filter (where recency <= 10) as topics_now,
        avg(has_topics::integer) filter (where recency > 10) as topics_before,
        avg(has_placements::integer) filter (
            where recency <= 10
        ) as placements_now,
        avg(has_placements::integer) filter (
            where recency > 10
        ) as placements_before
    from numbered
    where recency <= 60
    group by all
    having count(*) >= 30
)

select *
from shares
where
    (text_before >= 0.5 and text_now = 0)
    or (topics_before >= 0.5 and topics_now = 0)
    or (placements_before >= 0.5 and placements_now = 0)
