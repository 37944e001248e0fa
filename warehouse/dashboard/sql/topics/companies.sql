-- Which companies are written about? One row per month and company.
-- The ones in the most articles: as their subject, or named in the text of the
-- newsletter itself. Paid placements do not count here (see Sponsors).
with calendar as (
    select unnest(generate_series(
        date_trunc('month', $since::date)::timestamp,
        date_trunc('month', $until::date)::timestamp,
        interval 1 month
    ))::date as month_date
),

dated as (
    select
        article_id,
        date_trunc('month', published_at at time zone 'UTC')::date as month_date
    from marts.publishing_times
    where
        list_contains($feeds, feed_id)
        and published_at >= (
            date_trunc('month', $since::date)::timestamp
        ) at time zone 'UTC'
        and published_at < (
            date_trunc('month', $until::date)::timestamp + interval 1 month
        ) at time zone 'UTC'
),

named as (
    select
        d.month_date,
        t.company_id,
        any_value(t.company_name) as company_name,
        count(distinct d.article_id) as article_count
    from dated as d
    inner join core.article_companies as t on d.article_id = t.article_id
    where t.role in ('subject', 'mention')
    group by d.month_date, t.company_id
),

top as (
    select
        company_id,
        any_value(company_name) as company_name,
        row_number() over (
            order by sum(article_count) desc, company_id
        ) as place
    from named
    group by company_id
    qualify place <= $rows
)

select
    c.month_date,
    p.company_name,
    coalesce(t.article_count, 0) as article_count
from calendar as c
cross join top as p
left join named as t
    on c.month_date = t.month_date and p.company_id = t.company_id
order by p.place, c.month_date
