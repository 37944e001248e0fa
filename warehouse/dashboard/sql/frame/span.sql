-- Which days does the data speak of? One row in all.
-- The last day is that of the latest attempt or article; future dates do not
-- count.
with fetched as (
    select max(fetched_at) as last_fetched_at from core.fetches
),

written as (
    select
        min(local_date) as oldest,
        max(local_date) as newest
    from marts.publishing_times
)

select
    coalesce(w.oldest, f.last_fetched_at::date) as oldest,
    greatest(
        coalesce(f.last_fetched_at::date, w.newest),
        coalesce(w.newest, f.last_fetched_at::date)
    ) as newest,
    f.last_fetched_at
from fetched as f
cross join written as w
