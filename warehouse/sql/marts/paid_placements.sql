-- Placements that count as paid: one row per placement.
-- Counted: not is_house and confidence >= 0.6; every sponsor mart rests on this
-- one. Articles dated after core.meta.as_of are left out, undated ones are in.
-- placement_id: Placement (sponsor_placements)
-- article_id: Article it stands in (articles)
-- feed_id: Feed of the article (feeds)
-- published_at: Publication time of the article, UTC; NULL when unknown
-- month: Month of published_at, or undated
-- placement_number: Order within the article, from 1
-- position: top, middle or bottom of the article
-- sponsor_id: Paying company (sponsors); NULL when nothing names it
-- sponsor_name: Its name
-- category: Market it is in, as the lexicon says
-- headline: Headline of the copy
-- copy_hash: Same for the same copy, wherever it runs
-- creative_id: Same for all runs of one advertisement, small edits aside
-- landing_url: Address the placement leads to
-- is_labelled: True when the publication marks it as sponsored
-- is_date_mismatch: True when the date in its link is not that of the issue
-- rule: Rules that found and named it
-- confidence: How sure the rules are, 0 to 1
select
    p.placement_id,
    p.article_id,
    p.feed_id,
    p.published_at,
    p.month,
    p.placement_number,
    p.position,
    p.sponsor_id,
    coalesce(s.sponsor_name, p.sponsor_name, p.sponsor_id) as sponsor_name,
    s.category,
    p.headline,
    p.copy_hash,
    coalesce(p.creative_id, p.copy_hash) as creative_id,
    p.landing_url,
    p.is_labelled,
    p.is_date_mismatch,
    p.rule,
    p.confidence
from core.sponsor_placements as p
left join core.sponsors as s on p.sponsor_id = s.sponsor_id
where
    not p.is_house
    and p.confidence >= 0.6
    and coalesce(
        p.published_at <= (select m.as_of from core.meta as m), true
    )
order by p.feed_id, p.published_at, p.article_id, p.placement_number
