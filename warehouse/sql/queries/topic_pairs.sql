-- Which topics meet in the same articles?
-- param: rows = 20  How many pairs to show
select
    topic_name as topic,
    other_topic_name as other_topic,
    article_count as articles,
    round(100 * overlap_share, 1) as overlap_percent
from marts.topic_pairs
order by article_count desc, topic, other_topic
limit $rows
