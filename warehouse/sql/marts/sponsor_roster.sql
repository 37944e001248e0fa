-- Who sponsors whom, since when, how faithfully: one row per feed and sponsor.
-- Counts placements with not is_house and confidence >= 0.6 whose sponsor is
-- named. Ages are measured to the feed's latest article, not to today: what
-- was not observed is no lapse.
-- feed_id: Feed (feeds)
-- sponsor_id: Sponsor (sponsors)
-- sponsor_name: Its name
-- category: Market it is in
-- placement_count: Paid placements
-- issue_count: Issues with at least one
-- month_count: Months with at least one
-- first_at: First placement, UTC
-- last_at: Latest placement, UTC
-- run_count: Runs of placements; more than 45 days without one begin a new run
-- longest_gap_days: Longest time between two placements, days
-- slots: Positions it took: top, middle, bottom
-- labelled_share: Share of its placements marked as sponsored
-- renewal_class: too_early (first seen less than 60 days before the feed's
--   latest article), else one_off (one issue), lapsed (none for 180 days),
--   recurring (three months or more), occasional (the rest)
with feed_spans as (
    select
        feed_id,
        max(published_at) as last_published_at
    from marts.publishing_times
    group by all
),

placements as (
    select
        *,
        (
            epoch(published_at) - epoch(lag(published_at) over (
                partition by feed_id, sponsor_id
                order by published_at, placement_id
            ))
        ) / 86400 as gap_days
    from marts.paid_placements
    where sponsor_id is not null
),

roster as (
    select
        feed_id,
        sponsor_id,
        any_value(sponsor_name) as sponsor_name,
        any_value(category) as category,
        count(*) as placement_count,
        count(distinct article_id) as issue_count,
        count(distinct month) filter (
            where month <> 'undated'
        ) as month_count,
        min(published_at) as first_at,
        max(published_at) as last_at,
        1 + count(*) filter (where gap_days > 45) as run_count,
        round(max(gap_days), 1) as longest_gap_days,
        list_sort(list(distinct position), 'desc') as slots,
        round(avg(is_labelled::integer), 4) as labelled_share
    from placements
    group by all
)

select
    r.*,
    case
        when r.first_at is null then 'too_early'
        when
            s.last_published_at - r.first_at < interval 60 days
            then 'too_early'
        when r.issue_count = 1 then 'one_off'
        when
            s.last_published_at - r.last_at > interval 180 days
            then 'lapsed'
        when r.month_count >= 3 then 'recurring'
        else 'occasional'
    end as renewal_class
from roster as r
left join feed_spans as s on r.feed_id = s.feed_id
order by r.feed_id, r.placement_count desc, r.sponsor_id
