-- How every feed is doing: one row per feed.
-- Told by polls of the feed itself: a walk through its history that had to stop
-- is no failure of it, and a file imported no success. A feed that was only
-- ever imported is told by its imports.
-- feed_id: Feed (feeds)
-- feed_title: Title of the feed
-- feed_label: What to show it by: its title, with the id where several feeds
--   share the title, the id alone where it has none
-- is_active: True while the registry lists the feed as followed
-- health: failing (three failures or more in a row, or never a success),
--   warning (the last attempt failed, the feed is silent or ended, or its
--   latest document shows a gap or was not read whole), ok, or new (never
--   asked)
-- last_fetched_at: Latest attempt, UTC
-- last_outcome: What came of it
-- last_reason: Why it failed, with the cure
-- last_ok_at: Latest attempt that brought or confirmed the feed, UTC
-- consecutive_failures: Failed attempts since then
-- article_count: Articles known
-- last_published_at: Time of its latest dated article, UTC
-- days_since_last: Days from then to core.meta.as_of
-- status: Whether its rhythm holds (publishing_cadence)
-- coverage: Of the latest document (coverage_ledger)
-- complete_month_count: Months that are known to be complete (coverage_months)
-- partial_month_count: Months observed in part, or lacking listed articles
-- unknown_month_count: Months nobody looked at
-- missing_count: Listed articles that are not known
-- gap_count: Documents with a gap before them
-- missed_estimate: Posts that may have been missed in all
-- reject_count: Entries and documents that could not be read
with looks as (
    select
        *,
        source = 'import' as is_import
    from core.fetches
    where source in ('feed', 'import')
),

attempts as (
    select
        *,
        outcome in ('ok', 'unchanged', 'imported', 'moved') as is_ok
    from looks
    qualify is_import = bool_and(is_import) over (partition by feed_id)
),

last_attempts as (
    select
        feed_id,
        max(fetched_at) as last_fetched_at,
        arg_max(outcome, fetched_at) as last_outcome,
        arg_max(coalesce(reason, ''), fetched_at) as last_reason,
        max(fetched_at) filter (where is_ok) as last_ok_at
    from attempts
    group by all
),

failures as (
    select
        a.feed_id,
        count(*) as consecutive_failures
    from attempts as a
    inner join last_attempts as l on a.feed_id = l.feed_id
    where l.last_ok_at is null or a.fetched_at > l.last_ok_at
    group by all
),

coverage as (
    select
        feed_id,
        -- Posts and lists of history are no windows: nothing is known of them.
        arg_max(coverage, fetched_at) filter (
            where known_count is not null
        ) as coverage,
        count(*) filter (where coverage = 'gap') as gap_count,
        sum(missed_estimate)::bigint as missed_estimate
    from marts.coverage_ledger
    group by all
),

months as (
    select
        feed_id,
        count(*) filter (where coverage = 'complete') as complete_month_count,
        count(*) filter (where coverage = 'partial') as partial_month_count,
        count(*) filter (where coverage = 'unknown') as unknown_month_count,
        sum(missing_count)::bigint as missing_count
    from marts.coverage_months
    group by all
),

-- Posts and lists of history say nothing of the feed.
document_states as (
    select
        d.feed_id,
        arg_max(d.status, d.fetched_at) as document_status
    from core.documents as d
    anti join core.fetches as f
        on
            d.feed_id = f.feed_id
            and d.document_id = f.document_id
            and f.source like 'history:%'
    group by all
),

rejects as (
    select
        feed_id,
        count(*) as reject_count
    from core.rejects
    group by all
)

select
    f.feed_id,
    f.title as feed_title,
    case
        when coalesce(trim(f.title), '') = '' then f.feed_id
        when count(*) over (partition by lower(trim(f.title))) > 1
            then trim(f.title) || ' (' || f.feed_id || ')'
        else trim(f.title)
    end as feed_label,
    f.is_active,
    case
        when l.feed_id is null then 'new'
        when l.last_ok_at is null then 'failing'
        when n.consecutive_failures >= 3 then 'failing'
        when n.consecutive_failures > 0 then 'warning'
        when c.status in ('silent', 'ended') then 'warning'
        when g.coverage = 'gap' then 'warning'
        when d.document_status <> 'read' then 'warning'
        else 'ok'
    end as health,
    l.last_fetched_at,
    l.last_outcome,
    nullif(l.last_reason, '') as last_reason,
    l.last_ok_at,
    coalesce(n.consecutive_failures, 0) as consecutive_failures,
    c.article_count + c.undated_count as article_count,
    c.last_published_at,
    c.days_since_last,
    c.status,
    g.coverage,
    coalesce(m.complete_month_count, 0) as complete_month_count,
    coalesce(m.partial_month_count, 0) as partial_month_count,
    coalesce(m.unknown_month_count, 0) as unknown_month_count,
    coalesce(m.missing_count, 0) as missing_count,
    coalesce(g.gap_count, 0) as gap_count,
    coalesce(g.missed_estimate, 0) as missed_estimate,
    coalesce(r.reject_count, 0) as reject_count
from core.feeds as f
left join marts.publishing_cadence as c on f.feed_id = c.feed_id
left join last_attempts as l on f.feed_id = l.feed_id
left join failures as n on f.feed_id = n.feed_id
left join coverage as g on f.feed_id = g.feed_id
left join months as m on f.feed_id = m.feed_id
left join document_states as d on f.feed_id = d.feed_id
left join rejects as r on f.feed_id = r.feed_id
order by f.feed_id
