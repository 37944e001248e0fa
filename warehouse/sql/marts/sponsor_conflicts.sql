-- Articles about a company that also paid for them: one row per placement.
-- Counts placements with not is_house and confidence >= 0.6 whose sponsor is
-- the subject of the same article, or of another one of the feed within 30
-- days.
-- placement_id: Placement (sponsor_placements)
-- feed_id: Feed (feeds)
-- sponsor_id: Sponsor and subject (sponsors, companies)
-- sponsor_name: Its name
-- published_at: Publication time of the sponsored issue, UTC
-- article_id: Sponsored issue (articles)
-- title: Title of the sponsored issue
-- is_same_article: True when that issue itself is about the sponsor
-- subject_article_id: Nearest article about the sponsor (articles)
-- subject_title: Its title
-- days_apart: Days from the article about it to the placement; negative when
--   the article came later
select
    p.placement_id,
    p.feed_id,
    p.sponsor_id,
    p.sponsor_name,
    p.published_at,
    p.article_id,
    a.title,
    p.article_id = s.article_id as is_same_article,
    s.article_id as subject_article_id,
    s.title as subject_title,
    round((epoch(p.published_at) - epoch(s.published_at)) / 86400, 1)
        as days_apart
from marts.paid_placements as p
inner join core.articles as a on p.article_id = a.article_id
inner join core.article_companies as c
    on p.sponsor_id = c.company_id and c.role = 'subject'
inner join core.articles as s
    on c.article_id = s.article_id and p.feed_id = s.feed_id
where
    p.article_id = s.article_id
    or abs(epoch(p.published_at) - epoch(s.published_at)) <= 30 * 86400
qualify
    row_number() over (
        partition by p.placement_id
        order by
            p.article_id = s.article_id desc,
            abs(epoch(p.published_at) - epoch(s.published_at)),
            s.article_id
    ) = 1
order by p.published_at, p.placement_id
