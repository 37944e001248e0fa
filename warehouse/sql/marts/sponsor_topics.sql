-- What sponsors advertise beside: one row per sponsor and topic.
-- Counts placements with not is_house and confidence >= 0.6 whose sponsor is
-- named.
-- sponsor_id: Sponsor (sponsors)
-- sponsor_name: Its name
-- topic_id: Topic of issues it sponsored (topics)
-- topic_name: Name of the topic
-- issue_count: Issues about the topic that it sponsored
-- share: Their share of all issues it sponsored
-- usual_share: Share of the topic in all issues of the feeds it sponsored
-- lift: share divided by usual_share; above 1 it prefers the topic; NULL for a
--   sponsor of fewer than 5 issues, of which chance picks the topics
with sponsored as (
    select distinct
        sponsor_id,
        sponsor_name,
        feed_id,
        article_id
    from marts.paid_placements
    where sponsor_id is not null
),

sponsored_feeds as (
    select
        sponsor_id,
        feed_id,
        count(*) as issue_count
    from sponsored
    group by all
),

sponsor_totals as (
    select
        sponsor_id,
        sum(issue_count) as issue_count
    from sponsored_feeds
    group by all
),

feed_totals as (
    select
        feed_id,
        count(*) as article_count
    from core.articles
    group by all
),

feed_topics as (
    select
        a.feed_id,
        t.topic_id,
        count(*) as article_count
    from core.article_topics as t
    inner join core.articles as a on t.article_id = a.article_id
    group by all
),

sponsor_topics as (
    select
        s.sponsor_id,
        any_value(s.sponsor_name) as sponsor_name,
        t.topic_id,
        count(*) as issue_count
    from sponsored as s
    inner join core.article_topics as t on s.article_id = t.article_id
    group by s.sponsor_id, t.topic_id
),

backgrounds as (
    select
        f.sponsor_id,
        sum(a.article_count) as article_count
    from sponsored_feeds as f
    inner join feed_totals as a on f.feed_id = a.feed_id
    group by all
),

topic_backgrounds as (
    select
        f.sponsor_id,
        t.topic_id,
        sum(t.article_count) as article_count
    from sponsored_feeds as f
    inner join feed_topics as t on f.feed_id = t.feed_id
    group by all
)

select
    t.sponsor_id,
    t.sponsor_name,
    t.topic_id,
    coalesce(n.topic_name, t.topic_id) as topic_name,
    t.issue_count,
    round(t.issue_count / s.issue_count, 4) as share,
    round(u.article_count / b.article_count, 4) as usual_share,
    case
        when s.issue_count >= 5
            then round(
                (t.issue_count / s.issue_count)
                / (u.article_count / b.article_count),
                2
            )
    end as lift
from sponsor_topics as t
inner join sponsor_totals as s on t.sponsor_id = s.sponsor_id
inner join backgrounds as b on t.sponsor_id = b.sponsor_id
inner join topic_backgrounds as u
    on t.sponsor_id = u.sponsor_id and t.topic_id = u.topic_id
left join core.topics as n on t.topic_id = n.topic_id
order by t.sponsor_id, t.issue_count desc, t.topic_id
