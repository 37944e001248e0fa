-- Articles about a topic, company or technology, as in articles_about('kafka'):
-- one row per article, newest first. The term is an id, or a word of titles;
-- found_as item: a digest that has an item about it.
create or replace macro articles_about(term) as table (
    with matches as (
        select
            article_id,
            'topic' as found_as
        from core.article_topics
        where topic_id = lower(term)
        union all
        select
            article_id,
            'item' as found_as
        from core.section_topics
        where topic_id = lower(term)
        union all
        select
            article_id,
            role as found_as
        from core.article_companies
        where company_id = lower(term) and role <> 'sponsor'
        union all
        select
            article_id,
            'technology' as found_as
        from core.article_technologies
        where technology_id = lower(term)
        union all
        select
            article_id,
            'title' as found_as
        from core.articles
        where contains(lower(title), lower(term))
    )

    select
        a.published_at,
        a.feed_id,
        a.title,
        a.url,
        list_sort(list(distinct m.found_as)) as found_as,
        a.article_id
    from matches as m
    inner join core.articles as a on m.article_id = a.article_id
    group by all
    order by a.published_at desc nulls last, a.article_id
);
