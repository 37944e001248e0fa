-- Placements of a sponsor, as in sponsor_history('qa-wolf') or by its name,
-- sponsor_history('QA Wolf'): one row per placement. Counts not is_house and
-- confidence >= 0.6.
create or replace macro sponsor_history(sponsor) as table (
    select
        p.published_at,
        p.feed_id,
        p.position,
        p.headline,
        a.title,
        a.url,
        p.is_labelled,
        p.landing_url,
        p.placement_id
    from marts.paid_placements as p
    inner join core.articles as a on p.article_id = a.article_id
    where
        company_key(sponsor) in (  -- noqa: RF02
            company_key(p.sponsor_id), company_key(p.sponsor_name)
        )
    order by p.published_at, p.placement_id
);
