-- How much was published? One row per month.
-- Where only some are known, there may have been articles that nobody saw.
select
    strptime(month, '%Y-%m')::date as month_date,
    sum(article_count)::bigint as articles,
    sum(word_count)::bigint as words,
    if(
        bool_and(coverage = 'complete'),
        'all articles known',
        'some articles known'
    ) as coverage
from marts.publishing_months
where
    list_contains($feeds, feed_id)
    and month between strftime($since, '%Y-%m') and strftime($until, '%Y-%m')
group by month
order by month
