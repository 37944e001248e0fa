-- Where do sources disagree? One row per article, field and version.
-- An article was read from two sources, as from the feed and from its page, and
-- they tell different things: the author need not have edited anything. The
-- newest five hundred seen in the days shown.
select
    c.other_seen_at::date as day_date,
    h.feed_label as feed,
    c.title,
    replace(c.field, '_', ' ') as differs_in,
    c.kept_value as kept,
    c.other_value as other,
    format('{} ({})', c.kept_source, c.kept_format) as kept_from,
    format('{} ({})', c.other_source, c.other_format) as other_from,
    case c.reason
        when 'whole' then 'the other is cut'
        when 'feed' then 'the feed goes before other sources'
        when 'later' then 'it is the later state'
        when 'titled' then 'it has titles'
        else 'it came first'
    end as kept_because,
    c.article_id
from marts.source_conflicts as c
left join marts.feed_health as h on c.feed_id = h.feed_id
where
    list_contains($feeds, c.feed_id)
    and c.other_seen_at::date between $since and $until
order by c.other_seen_at desc, c.article_id, c.field
limit 500
