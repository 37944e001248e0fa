-- Who sponsors, and how faithfully? One row per feed and sponsor.
-- Paid placements with a named sponsor, all that are known; the bars are those
-- of each month shown. Recurring: in three months or more; lapsed: none for 180
-- days; one-off: one issue; too early to say: first seen less than 60 days ago,
-- counted to the latest article of the feed.
with months as (
    select strftime(generate_series, '%Y-%m') as month
    from generate_series(
        date_trunc('month', $since)::timestamp,
        date_trunc('month', $until)::timestamp,
        interval 1 month
    )
),

roster as (
    select *
    from marts.sponsor_roster
    where
        list_contains($feeds, feed_id)
        and first_at::date <= $until
),

runs as (
    select
        r.feed_id,
        r.sponsor_id,
        list(coalesce(s.placement_count, 0) order by m.month) as by_month,
        coalesce(sum(s.placement_count), 0)::bigint as shown_count
    from roster as r
    cross join months as m
    left join marts.sponsor_months as s
        on
            r.feed_id = s.feed_id
            and r.sponsor_id = s.sponsor_id
            and m.month = s.month
    group by all
)

select
    r.sponsor_name as sponsor,
    h.feed_label as feed,
    case r.renewal_class
        when 'one_off' then 'one-off'
        when 'too_early' then 'too early to say'
        else r.renewal_class
    end as renewal,
    n.by_month,
    n.shown_count as placements_shown,
    r.placement_count as placements_ever,
    r.first_at::date as first_date,
    r.last_at::date as last_date,
    r.run_count as runs,
    array_to_string(r.slots, ', ') as slots,
    r.labelled_share as marked_share,
    r.category as market,
    r.sponsor_id
from roster as r
inner join runs as n on r.feed_id = n.feed_id and r.sponsor_id = n.sponsor_id
inner join marts.feed_health as h on r.feed_id = h.feed_id
order by
    n.shown_count desc, r.placement_count desc, r.last_at desc,
    r.sponsor_id, r.feed_id
