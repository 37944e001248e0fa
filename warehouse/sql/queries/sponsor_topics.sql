-- Beside which topics does a sponsor advertise?
-- param: sponsor = datadog  Id or name of the sponsor
-- param: rows = 15  How many topics to show
select
    topic_name as topic,
    issue_count as issues,
    round(100 * share, 1) as percent,
    round(100 * usual_share, 1) as usual_percent,
    lift
from marts.sponsor_topics
where
    company_key($sponsor) in (
        company_key(sponsor_id), company_key(sponsor_name)
    )
order by issue_count desc, lift desc, topic
limit $rows
