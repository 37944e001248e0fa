-- Beside which topics does it advertise? One row per topic.
-- Share of the issues it sponsored; usual is the share of all issues of those
-- feeds. More than once the usual share means that it prefers the topic.
select
    topic_name as topic,
    issue_count as issues,
    share,
    usual_share,
    lift as times_usual
from marts.sponsor_topics
where sponsor_id = $sponsor
order by issue_count desc, lift desc, topic_id
limit 20
