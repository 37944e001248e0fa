-- Where do sources disagree? One row per article and revision.
-- The same article was read from two formats, as from a feed and from its page,
-- and they tell different things: the author need not have edited anything. The
-- newest five hundred seen in the days shown.
select
    c.seen_at::date as day_date,
    h.feed_title as feed,
    c.title,
    c.previous_format || ' → ' || c.format as sources,
    array_to_string(c.changes, ', ') as what_differs,
    case when c.is_return then 'yes' end as back_to_an_earlier_text,
    c.revision,
    c.article_id
from marts.source_conflicts as c
left join marts.feed_health as h on c.feed_id = h.feed_id
where
    list_contains($feeds, c.feed_id)
    and c.seen_at::date between $since and $until
order by c.seen_at desc, c.article_id, c.revision
limit 500
