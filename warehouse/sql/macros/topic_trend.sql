-- Months of a topic, as in topic_trend('ai-agents'): one row per month.
create or replace macro topic_trend(topic) as table (
    select
        month,
        topic_name,
        article_count,
        share,
        rank,
        momentum,
        momentum_margin,
        trend
    from marts.topic_months
    where topic_id = topic
    order by month
);
