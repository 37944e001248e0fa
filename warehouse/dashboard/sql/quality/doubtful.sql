-- Which articles have a date that tells nothing? One row per article.
-- They count in no month, rate or chart; they are listed here and under
-- Articles. At most three hundred, of all days. Choose one to see what its
-- source says.
select
    h.feed_label as feed,
    a.title,
    case d.reason
        when 'undated' then 'it has none'
        when 'impossible' then 'it is before 1990'
        when 'future' then 'it is of the future, or of after it was seen'
        else format('{} articles have it', d.batch_count)
    end as why,
    d.published_at::date as dated_date,
    a.published_raw as as_written,
    d.first_seen_at::date as first_seen_date,
    d.article_id
from marts.doubtful_dates as d
inner join core.articles as a on d.article_id = a.article_id
inner join marts.feed_health as h on d.feed_id = h.feed_id
where list_contains($feeds, d.feed_id)
order by
    case d.reason
        when 'future' then 1
        when 'impossible' then 2
        when 'undated' then 3
        else 4
    end,
    d.published_at desc nulls last,
    d.article_id
limit 300
