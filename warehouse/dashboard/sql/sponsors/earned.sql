-- Who is written about, and who pays? One row per company.
-- Written about: articles that are about it or name it in editorial text. Paid:
-- issues with a paid placement of it. The chart shows the fifteen with most of
-- both together.
with articles as (
    select
        article_id,
        feed_id
    from marts.publishing_times
    where
        list_contains($feeds, feed_id)
        and local_date between $since and $until
),

earned as (
    select
        c.company_id,
        any_value(c.company_name) as company,
        count(distinct c.article_id) as written_about,
        count(distinct c.article_id) filter (where c.role = 'subject')
            as as_subject
    from core.article_companies as c
    inner join articles as a on c.article_id = a.article_id
    where
        c.role in ('subject', 'mention')
        and c.month between
        strftime($since - 1, '%Y-%m') and strftime($until + 1, '%Y-%m')
    group by c.company_id
),

paid as (
    select
        p.sponsor_id as company_id,
        any_value(p.sponsor_name) as company,
        count(distinct p.article_id) as paid
    from marts.paid_placements as p
    inner join articles as a on p.article_id = a.article_id
    where p.sponsor_id is not null
    group by p.sponsor_id
)

select
    coalesce(e.company, p.company) as company,
    coalesce(e.written_about, 0) as written_about,
    coalesce(e.as_subject, 0) as as_subject,
    coalesce(p.paid, 0) as paid,
    case
        when p.paid is null then 'earned only'
        when e.written_about is null then 'paid only'
        else 'earned and paid'
    end as attention
from earned as e
full outer join paid as p on e.company_id = p.company_id
order by
    coalesce(e.written_about, 0) + coalesce(p.paid, 0) desc,
    coalesce(e.company, p.company)
limit 200
