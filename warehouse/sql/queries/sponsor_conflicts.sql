-- Which companies were written about by whom they paid?
select
    strftime(published_at at time zone 'UTC', '%Y-%m-%d') as published,
    feed_id as feed,
    sponsor_name as sponsor,
    subject_title as article_about_it,
    days_apart,
    is_same_article as same_issue
from marts.sponsor_conflicts
order by published_at desc, placement_id
