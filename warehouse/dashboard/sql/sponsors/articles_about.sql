-- What was written about it? One row per article.
-- Articles that are about it or name it in editorial text, nobody paying for
-- that; all feeds and days, the latest fifty.
select
    a.published_at::date as day_date,
    h.feed_label as feed,
    a.title,
    case c.role when 'subject' then 'is about it' else 'names it' end
        as part,
    c.mention_count as times_named,
    a.article_id,
    a.url
from core.article_companies as c
inner join core.articles as a on c.article_id = a.article_id
left join marts.feed_health as h on a.feed_id = h.feed_id
where
    c.company_id = $sponsor
    and c.role in ('subject', 'mention')
order by a.published_at desc nulls last, a.article_id
limit 50
