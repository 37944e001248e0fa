-- Who paid for the most placements? One row per sponsor.
-- Paid are placements from confidence 0.6 upwards that are no house ads. New
-- are sponsors whose first placement in any feed falls into the period.
with firsts as (
    select
        sponsor_id,
        min(published_at)::date as first_date
    from marts.paid_placements
    group by sponsor_id
)

select
    p.sponsor_name as sponsor,
    count(*) as placements,
    count(distinct p.article_id) as issues,
    count(distinct p.feed_id) as feeds,
    list_sort(list_distinct(list(p.position))) as positions,
    min(p.published_at)::date as first_date,
    max(p.published_at)::date as last_date,
    any_value(f.first_date) >= $since as is_new
from marts.paid_placements as p
inner join firsts as f on p.sponsor_id = f.sponsor_id
where
    list_contains($feeds, p.feed_id)
    and p.published_at::date between $since and $until
    and p.sponsor_name is not null
group by p.sponsor_id, p.sponsor_name
order by placements desc, last_date desc, sponsor
limit 25
