-- Which other sponsors does it meet? One row per other sponsor.
select
    case
        when sponsor_id = $sponsor then other_sponsor_name
        else sponsor_name
    end as other_sponsor,
    issue_count as issues_together,
    feed_count as feeds_together,
    case when is_same_category then 'yes' end as same_market
from marts.sponsor_pairs
where sponsor_id = $sponsor or other_sponsor_id = $sponsor
order by issue_count desc, feed_count desc, other_sponsor
limit 20
