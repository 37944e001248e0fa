-- Who wrote first about a topic, company or technology, as in
-- first_mention('kafka'): one row per feed, the earliest first.
create or replace macro first_mention(term) as table (
    with matches as (
        select article_id
        from core.article_topics
        where topic_id = lower(term)
        union
        select article_id
        from core.article_companies
        where company_id = lower(term) and role <> 'sponsor'
        union
        select article_id
        from core.article_technologies
        where technology_id = lower(term)
    )

    select
        p.feed_id,
        p.published_at,
        a.title,
        a.url,
        a.article_id
    from matches as m
    inner join marts.publishing_times as p on m.article_id = p.article_id
    inner join core.articles as a on m.article_id = a.article_id
    qualify
        row_number() over (
            partition by p.feed_id
            order by p.published_at, p.article_id
        ) = 1
    order by p.published_at, p.feed_id
);
