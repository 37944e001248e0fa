-- What could not be read, and why? One row per entry or document.
-- The rest of a document is read all the same; what is listed here is nowhere
-- else. The newest five hundred of the days shown.
select
    r.seen_at::date as day_date,
    h.feed_label as feed,
    replace(r.reason, '_', ' ') as trouble,
    r.detail as what_was_found_and_what_helps,
    case r.entry_number
        when 0 then 'whole document'
        else 'entry ' || r.entry_number
    end as part,
    d.source_uri as came_from,
    r.document_id
from core.rejects as r
left join core.documents as d
    on r.document_id = d.document_id and r.feed_id = d.feed_id
left join marts.feed_health as h on r.feed_id = h.feed_id
where
    list_contains($feeds, r.feed_id)
    and r.seen_at::date between $since and $until
order by r.seen_at desc, r.document_id, r.entry_number
limit 500
