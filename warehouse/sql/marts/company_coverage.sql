-- Attention earned against attention paid for: one row per company.
-- Paid counts placements with not is_house and confidence >= 0.6.
-- company_id: Company (companies), the same slug as its sponsor_id
-- company_name: Its name
-- category: Market it is in
-- subject_count: Articles about its systems
-- mention_count: Other articles that name it in editorial text
-- earned_count: Articles that do either
-- sponsored_count: Issues it paid a placement in
-- placement_count: Placements it paid for
-- feed_count: Feeds that write about it
-- sponsored_feed_count: Feeds it sponsors
-- first_earned_at: First dated article that names it, UTC
-- last_earned_at: Latest dated article that names it, UTC
-- first_sponsored_at: First placement, UTC
-- last_sponsored_at: Latest placement, UTC
-- earned_share: Share of earned_count in earned and sponsored together
with earned_articles as (
    select
        c.company_id,
        c.article_id,
        any_value(c.company_name) as company_name,
        any_value(a.feed_id) as feed_id,
        any_value(a.published_at) as published_at,
        bool_or(c.role = 'subject') as is_subject
    from core.article_companies as c
    inner join core.articles as a on c.article_id = a.article_id
    where c.role in ('subject', 'mention')
    group by c.company_id, c.article_id
),

earned as (
    select
        company_id,
        any_value(company_name) as company_name,
        count(*) filter (where is_subject) as subject_count,
        count(*) filter (where not is_subject) as mention_count,
        count(*) as earned_count,
        count(distinct feed_id) as feed_count,
        min(published_at) as first_earned_at,
        max(published_at) as last_earned_at
    from earned_articles
    group by all
),

paid as (
    select
        sponsor_id as company_id,
        any_value(sponsor_name) as company_name,
        any_value(category) as category,
        count(distinct article_id) as sponsored_count,
        count(*) as placement_count,
        count(distinct feed_id) as sponsored_feed_count,
        min(published_at) as first_sponsored_at,
        max(published_at) as last_sponsored_at
    from marts.paid_placements
    where sponsor_id is not null
    group by all
),

company_ids as (
    select company_id
    from earned
    union
    select company_id
    from paid
)

select
    i.company_id,
    coalesce(c.company_name, e.company_name, p.company_name) as company_name,
    coalesce(c.category, p.category) as category,
    coalesce(e.subject_count, 0) as subject_count,
    coalesce(e.mention_count, 0) as mention_count,
    coalesce(e.earned_count, 0) as earned_count,
    coalesce(p.sponsored_count, 0) as sponsored_count,
    coalesce(p.placement_count, 0) as placement_count,
    coalesce(e.feed_count, 0) as feed_count,
    coalesce(p.sponsored_feed_count, 0) as sponsored_feed_count,
    e.first_earned_at,
    e.last_earned_at,
    p.first_sponsored_at,
    p.last_sponsored_at,
    round(
        coalesce(e.earned_count, 0)
        / (coalesce(e.earned_count, 0) + coalesce(p.sponsored_count, 0)),
        4
    ) as earned_share
from company_ids as i
left join earned as e on i.company_id = e.company_id
left join paid as p on i.company_id = p.company_id
left join core.companies as c on i.company_id = c.company_id
order by earned_count desc, sponsored_count desc, i.company_id
