-- How did the share of a topic develop?
-- param: topic = ai-agents  Id of the topic
-- param: months = 24  How many months back
select
    t.month,
    t.article_count as articles,
    round(100 * t.share, 1) as percent,
    t.rank,
    round(100 * t.momentum, 1) as momentum,
    round(100 * t.momentum_margin, 1) as margin,
    t.trend
from topic_trend($topic) as t
cross join core.meta as m
where
    (t.month || '-01')::date
    > (m.as_of_month || '-01')::date - to_months($months)
order by t.month
