-- How are the feeds doing, and what helps? One row per feed.
-- As of the latest load, whatever days are shown; those that need a look are
-- first.
with latest_documents as (
    select
        feed_id,
        arg_max(status, fetched_at) as document_status
    from core.documents
    group by all
),

facts as (
    select
        h.*,
        c.expected_next_at,
        d.document_status,
        round(
            (epoch(c.observed_until_at) - epoch(h.last_published_at)) / 86400
        )::bigint as silent_days
    from marts.feed_health as h
    left join marts.publishing_cadence as c on h.feed_id = c.feed_id
    left join latest_documents as d on h.feed_id = d.feed_id
    where list_contains($feeds, h.feed_id)
),

judged as (
    select
        *,
        case
            when health = 'failing' then 1
            when consecutive_failures > 0 then 2
            when health = 'warning' and coverage = 'gap' then 3
            when health = 'warning' and document_status <> 'read' then 4
            when status = 'silent' then 5
            when status = 'late' then 6
            when status = 'ended' then 7
            when health = 'new' then 9
            else 8
        end as severity
    from facts
)

select
    feed_label as feed,
    case severity
        when 1 then 'cannot be read'
        when 2 then 'last try failed'
        when 3 then 'posts may be missing'
        when 4 then 'partly unreadable'
        when 5 then 'silent'
        when 6 then 'late'
        when 7 then 'ended'
        when 9 then 'not fetched yet'
        else 'in good order'
    end as state,
    case severity
        when 1 then coalesce(last_reason, 'Ask why: feedhouse status')
        when 2 then coalesce(last_reason, 'It is tried again on the next run.')
        when 3
            then
                format(
                    'About {} posts may have passed unseen. Run more often, '
                    || 'or fetch the past: feedhouse history {}',
                    missed_estimate, feed_id
                )
        when 4 then 'Look at Quality: what could not be read.'
        when 5
            then
                format(
                    'No article for {} days, unusually long: has it moved '
                    || 'or closed?',
                    silent_days
                )
        when 6
            then
                format(
                    'Was due on {}. Wait, or look at its web page.',
                    strftime(expected_next_at, '%-d %b %Y')
                )
        when 7
            then
                format(
                    'No article for {} days: it seems to have closed.',
                    silent_days
                )
        when 9 then 'Fetch it: feedhouse run'
        else 'Nothing to do.'
    end as what_to_do,
    last_published_at::date as last_article_date,
    expected_next_at::date as next_expected_date,
    article_count as articles,
    last_fetched_at
from judged
order by severity, lower(feed_label), feed_id
