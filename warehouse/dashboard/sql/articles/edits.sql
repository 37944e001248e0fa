-- What did each edit change? One row per edit and part that it changed.
-- What is gone is struck through, what is new is bold; unchanged paragraphs are
-- left out.
with states as (
    select
        r.revision,
        r.seen_at,
        r.changes,
        r.title,
        lag(r.title) over by_revision as title_before,
        r.text_before,
        array_to_string(r.copies_before, chr(10)) as copies_before,
        array_to_string(r.links_before, chr(10)) as links_before,
        first_value(r.text_before ignore nulls) over later as later_text,
        first_value(r.copies_before ignore nulls) over later as later_copies,
        first_value(r.links_before ignore nulls) over later as later_links
    from core.article_revisions as r
    where r.article_id = $article
    window
        by_revision as (order by r.revision),
        later as (
            order by r.revision
            rows between 1 following and unbounded following
        )
),

-- What stands there now, in the words that revisions are compared by.
latest as (
    select
        (
            select a.text
            from core.articles as a
            where a.article_id = $article and a.month = $month
        ) as text,
        (
            select list(p.copy_text order by p.placement_number)
            from core.sponsor_placements as p
            where
                p.article_id = $article
                and p.month = $month
                and p.rule <> 'copy-seen+copy-seen'
        ) as copies,
        (
            select list_sort(list(distinct k.canonical_url))
            from core.links as k
            where
                k.article_id = $article
                and k.month = $month
                and k.role in (
                    'sponsor', 'house', 'reference', 'internal', 'social',
                    'body'
                )
        ) as links
),

parts as (
    select
        s.revision,
        s.seen_at,
        unnest(['title', 'body', 'sponsor', 'links']) as part,
        unnest([
            s.title_before, s.text_before, s.copies_before, s.links_before
        ]) as before,
        unnest([
            s.title,
            coalesce(s.later_text, l.text),
            array_to_string(coalesce(s.later_copies, l.copies), chr(10)),
            array_to_string(coalesce(s.later_links, l.links), chr(10))
        ]) as after,
        s.changes
    from states as s
    cross join latest as l
)

select
    revision,
    seen_at,
    case part
        when 'body' then 'text'
        when 'sponsor' then 'placements'
        else part
    end as part,
    before,
    after
from parts
where revision > 1 and list_contains(changes, part)
order by
    revision,
    list_position(['title', 'body', 'sponsor', 'links'], part)
