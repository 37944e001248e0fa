-- Articles dated before feeds existed, or after they were seen.
-- severity: warning
select
    article_id,
    feed_id,
    published_at,
    published_raw,
    first_seen_at
from core.articles
where
    published_at < timestamptz '1990-01-01 00:00:00+00'
    or published_at > first_seen_at + interval 1 day
