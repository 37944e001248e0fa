-- How much is published? One row per week and feed.
-- Weeks begin on Monday, in the publisher's zone. The four feeds with most
-- articles are shown by name, the rest together.
with articles as (
    select
        feed_id,
        date_trunc('week', local_date)::date as week_date
    from marts.publishing_times
    where
        list_contains($feeds, feed_id)
        and local_date between $since and $until
),

places as (
    select
        feed_id,
        row_number() over (order by count(*) desc, feed_id) as place
    from articles
    group by feed_id
)

select
    a.week_date,
    case
        when p.place <= 4
            then h.feed_label
        else 'other feeds'
    end as feed,
    least(p.place, 5) as place,
    count(*) as articles
from articles as a
inner join places as p on a.feed_id = p.feed_id
inner join marts.feed_health as h on a.feed_id = h.feed_id
group by all
order by a.week_date, least(p.place, 5)
