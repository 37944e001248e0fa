-- What happened in these feeds? One row in all.
-- Paid are placements from confidence 0.6 upwards that are no house ads.
with articles as (
    select
        count(*) as article_count,
        sum(word_count) as word_count
    from marts.publishing_times
    where
        list_contains($feeds, feed_id)
        and published_at::date between $since and $until
),

placements as (
    select
        count(*) as placement_count,
        count(distinct sponsor_id) as sponsor_count,
        count(distinct article_id) as sponsored_count,
        count(*) filter (where sponsor_id is null) as unnamed_count
    from marts.paid_placements
    where
        list_contains($feeds, feed_id)
        and published_at::date between $since and $until
)

select
    a.article_count as articles,
    coalesce(a.word_count, 0)::bigint as words,
    p.placement_count as paid_placements,
    p.sponsored_count as issues_with_a_sponsor,
    p.sponsor_count as sponsors,
    p.unnamed_count as unnamed_placements
from articles as a
cross join placements as p
