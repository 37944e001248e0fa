-- How many issues are sold: one row per feed and month.
-- Sold means a placement with not is_house and confidence >= 0.6, its sponsor
-- named or not; house ads count as unsold. Feeds that never sold one are left
-- out, and so are issues of doubtful_dates and the publisher's own promo posts.
-- An issue known only in part (articles.is_truncated: a feed of teasers, the
-- free opening of a paid post) may hold adverts nobody saw: it counts neither
-- as sold nor as unsold but as cut, whether or not its part shows an advert.
-- Months without a known issue have a row as well: coverage tells silence from
-- not having looked.
-- feed_id: Feed (feeds)
-- month: Month of publication, UTC
-- issue_count: Issues published and known whole
-- sold_count: Those with a paid placement
-- house_count: Those with nothing but house ads in them
-- empty_count: Those without any placement
-- cut_count: Issues known only in part, in none of the counts before
-- placement_count: Paid placements, those seen in cut issues as well
-- sold_share: sold_count as a share of issue_count; NULL without an issue
-- coverage: complete (all issues are known), partial or unknown
--   (coverage_months). What is not known counts neither as sold nor as unsold
with sellers as (
    select distinct feed_id
    from marts.paid_placements
),

paid as (
    select
        article_id,
        count(*) as placement_count
    from marts.paid_placements
    group by all
),

house as (
    select distinct article_id
    from core.sponsor_placements
    where is_house
),

issues as (
    select
        a.feed_id,
        a.month,
        count(*) filter (where not a.is_truncated) as issue_count,
        count(p.article_id) filter (where not a.is_truncated) as sold_count,
        count(*) filter (
            where
            not a.is_truncated
            and p.article_id is null and h.article_id is not null
        ) as house_count,
        count(*) filter (
            where
            not a.is_truncated
            and p.article_id is null and h.article_id is null
        ) as empty_count,
        count(*) filter (where a.is_truncated) as cut_count,
        sum(p.placement_count) as placement_count
    from core.articles as a
    left join paid as p on a.article_id = p.article_id
    left join house as h on a.article_id = h.article_id
    anti join marts.doubtful_dates as d on a.article_id = d.article_id
    where a.kind <> 'promo'
    group by all
),

begins as (
    select
        i.feed_id,
        min(i.month) as first_month
    from issues as i
    inner join sellers as s on i.feed_id = s.feed_id
    group by all
)

select
    c.feed_id,
    c.month,
    coalesce(i.issue_count, 0) as issue_count,
    coalesce(i.sold_count, 0) as sold_count,
    coalesce(i.house_count, 0) as house_count,
    coalesce(i.empty_count, 0) as empty_count,
    coalesce(i.cut_count, 0) as cut_count,
    coalesce(i.placement_count, 0)::bigint as placement_count,
    round(i.sold_count / nullif(i.issue_count, 0), 4) as sold_share,
    c.coverage
from marts.coverage_months as c
inner join begins as b on c.feed_id = b.feed_id and c.month >= b.first_month
left join issues as i on c.feed_id = i.feed_id and c.month = i.month
where c.month <> 'undated'
order by c.feed_id, c.month
