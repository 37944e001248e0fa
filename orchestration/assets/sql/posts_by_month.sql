-- How many articles did each feed publish in each of the last 24 months?
select
    p.feed_id,
    list(p.article_count order by p.month) as posts
from marts.publishing_months as p
cross join core.meta as m
where p.month > strftime(m.as_of - interval 24 months, '%Y-%m')
group by p.feed_id
order by p.feed_id
