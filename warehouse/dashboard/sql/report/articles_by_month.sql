-- How much was published? One row per month.
-- A month marked as not observed may have had articles that nobody saw.
select
    strptime(month, '%Y-%m')::date as month_date,
    sum(article_count)::bigint as articles,
    sum(word_count)::bigint as words,
    case
        when bool_or(state = 'unobserved' or state = 'partly_observed')
            then 'not wholly observed'
        else 'observed'
    end as observation
from marts.publishing_months
where
    list_contains($feeds, feed_id)
    and month between strftime($since, '%Y-%m') and strftime($until, '%Y-%m')
group by month
order by month
