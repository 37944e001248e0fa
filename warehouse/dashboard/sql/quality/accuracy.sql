-- How right are the sponsors that were found? One row per part measured.
-- What `feedhouse eval` measured against labels made by hand, when it last ran
-- on each of them. Precision: of those found, the share that is right. Recall:
-- of those that are there, the share that was found. The table is a file of
-- its own, `evaluations/sponsors-*.parquet`, and not in the warehouse.
select
    labels,
    case part
        when 'overall' then 'all feeds' when 'rule' then 'rule' else 'feed'
    end
        as part,
    coalesce(rule, feed_id, '') as name,
    precision as precision_share,
    recall as recall_share,
    issue_count as labelled_issues,
    right_count as right_ones,
    wrong_count as wrong_ones,
    missed_count as missed_ones,
    measured_at
from evaluations.sponsors
where
    part <> 'feed'
    or list_contains($feeds, feed_id)
    or feed_id = 'any feed'
order by
    labels,
    case part when 'overall' then 1 when 'feed' then 2 else 3 end,
    coalesce(right_count, 0) + coalesce(wrong_count, 0) desc,
    name
