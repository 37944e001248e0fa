-- Feeds whose latest articles lack text, sections, topics or placements.
-- severity: warning
with numbered as (
    select
        a.feed_id,
        a.article_id,
        a.word_count > 0 as has_text,
        a.section_count > 0 as has_sections,
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
        avg(has_sections::integer) filter (
            where recency <= 10
        ) as sections_now,
        avg(has_sections::integer) filter (
            where recency > 10
        ) as sections_before,
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

-- Half of all articles fewer: of ten articles chance takes that many from a
-- feed's share once in a thousand times.
select *
from shares
where
    text_before - text_now >= 0.5
    or sections_before - sections_now >= 0.5
    or topics_before - topics_now >= 0.5
    or placements_before - placements_now >= 0.5
