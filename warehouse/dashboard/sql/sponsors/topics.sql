-- Beside which topics do sponsors advertise? One row per sponsor and topic.
-- Over all days. The larger the circle, the larger the topic's share of the
-- issues a sponsor paid for. Usual is its share of all issues of the feeds it
-- sponsors. Topics of one sponsored issue only are left out.
with sponsors as (
    select
        sponsor_id,
        sum(issue_count) as issues
    from marts.sponsor_roster
    where list_contains($feeds, feed_id)
    group by sponsor_id
)

select
    t.sponsor_name as sponsor,
    t.topic_name as topic,
    t.issue_count as issues,
    t.share,
    t.usual_share,
    t.lift as times_usual,
    dense_rank() over (order by s.issues desc, s.sponsor_id) as place,
    t.sponsor_id
from marts.sponsor_topics as t
inner join sponsors as s on t.sponsor_id = s.sponsor_id
where t.issue_count >= 2
order by place, t.issue_count desc, t.topic_id
