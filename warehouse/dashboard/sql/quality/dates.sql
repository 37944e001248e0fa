-- Which dates were read, and which tell nothing? One row per feed and kind.
-- Articles whose date tells nothing of when they appeared count in no month,
-- and no date is made up for them: there is none, it is impossible or of the
-- future, or a whole batch has one. All days.
select
    h.feed_label as feed,
    coalesce('does not count: ' || d.reason, 'counts') as standing,
    count(*) as articles,
    string_agg(distinct replace(a.published_rule, '_', ' '), ', ') as read_as,
    any_value(a.published_raw) as example
from core.articles as a
left join marts.doubtful_dates as d on a.article_id = d.article_id
left join marts.feed_health as h on a.feed_id = h.feed_id
where list_contains($feeds, a.feed_id)
group by h.feed_label, a.feed_id, d.reason
order by d.reason nulls last, articles desc, a.feed_id
