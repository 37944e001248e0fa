-- Items of digests about a topic, as in items_about('ai-agents'): one row per
-- item, newest first. The term is the id of a topic, or a word of headings;
-- url is the item's first link, NULL where it has none.
create or replace macro items_about(term) as table (
    with matches as (
        select
            article_id,
            section_number,
            score,
            evidence
        from core.section_topics
        where topic_id = lower(term)
        union all
        select
            article_id,
            section_number,
            null as score,
            null as evidence
        from core.sections
        where role = 'digest_item' and contains(lower(heading), lower(term))
    ),

    items as (
        select
            article_id,
            section_number,
            max(score) as score,
            any_value(evidence) as evidence
        from matches
        group by all
    ),

    first_links as (
        select
            article_id,
            section_number,
            min_by(url, link_number) as url
        from core.links
        where role in ('body', 'reference', 'internal')
        group by all
    )

    select
        a.published_at,
        a.feed_id,
        s.heading,
        l.url,
        i.score,
        i.evidence,
        a.title,
        i.article_id,
        i.section_number
    from items as i
    inner join core.articles as a on i.article_id = a.article_id
    inner join core.sections as s
        on i.article_id = s.article_id and i.section_number = s.section_number
    left join first_links as l
        on i.article_id = l.article_id and i.section_number = l.section_number
    order by
        a.published_at desc nulls last, i.article_id, i.section_number
);
