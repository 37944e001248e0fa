-- Which topics rise, and which fall? One row per topic.
-- The share of the last 91 days shown less the share of the 182 days before
-- them. The eight that rose most and the eight that fell most, of topics with
-- at least four articles in that time: with few articles a change means little.
with dated as (
    select
        article_id,
        published_at
        >= ($until::date - 90)::timestamp at time zone 'UTC' as is_recent
    from marts.publishing_times
    where
        list_contains($feeds, feed_id)
        and published_at
        >= ($until::date - 272)::timestamp at time zone 'UTC'
        and published_at < ($until::date + 1)::timestamp at time zone 'UTC'
),

totals as (
    select
        count(*) filter (where is_recent) as recent_count,
        count(*) filter (where not is_recent) as past_count
    from dated
),

counts as (
    select
        t.topic_id,
        count(*) filter (where d.is_recent) as article_count,
        count(*) filter (where not d.is_recent) as past_article_count
    from dated as d
    inner join core.article_topics as t on d.article_id = t.article_id
    group by all
    having count(*) >= 4
),

changes as (
    select
        coalesce(n.topic_name, c.topic_id) as topic_name,
        c.article_count,
        c.past_article_count,
        c.article_count / t.recent_count as share,
        c.past_article_count / t.past_count as past_share,
        c.article_count / t.recent_count
        - c.past_article_count / t.past_count as change
    from counts as c
    cross join totals as t
    left join core.topics as n on c.topic_id = n.topic_id
    where t.recent_count > 0 and t.past_count > 0
)

select *
from changes
where change <> 0
qualify
    row_number() over (
        partition by change > 0
        order by abs(change) desc, topic_name
    ) <= 8
order by change desc, topic_name
