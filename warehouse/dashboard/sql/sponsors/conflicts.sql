-- Whom did feeds write about and take money from? One row per placement.
-- The sponsor is what the sponsored issue is about, or another article of the
-- feed within 30 days.
select
    c.published_at::date as day_date,
    h.feed_label as feed,
    c.sponsor_name as sponsor,
    c.title as sponsored_issue,
    case
        when c.is_same_article then 'the same issue'
        else c.subject_title
    end as article_about_it,
    round(c.days_apart, 1) as days_apart,
    c.article_id
from marts.sponsor_conflicts as c
inner join marts.feed_health as h on c.feed_id = h.feed_id
where
    list_contains($feeds, c.feed_id)
    and c.published_at::date between $since and $until
order by c.published_at desc, c.placement_id
