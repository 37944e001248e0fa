-- How were publication dates read? One row per feed and rule.
-- Articles without a readable date keep what the source wrote, and no date is
-- made up for them. All days.
select
    h.feed_title as feed,
    replace(a.published_rule, '_', ' ') as how,
    count(*) as articles,
    count(*) filter (where a.published_at is null) as undated,
    any_value(a.published_raw) as example
from core.articles as a
left join marts.feed_health as h on a.feed_id = h.feed_id
where list_contains($feeds, a.feed_id)
group by h.feed_title, a.published_rule
order by undated desc, articles desc, feed, how
