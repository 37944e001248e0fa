-- Values that cannot be: negative counts, shares above one, reversed spans.
-- severity: error
select
    'articles' as table_name,
    article_id as key,
    'a count below 0, a revision below 1 or last seen before first' as trouble
from core.articles
where
    least(word_count, section_count, link_count, image_count) < 0
    or revision < 1
    or last_seen_at < first_seen_at
union all
select
    'sponsor_placements' as table_name,
    placement_id as key,
    'confidence outside 0 to 1, or a position nobody knows' as trouble
from core.sponsor_placements
where
    confidence not between 0 and 1
    or position not in ('top', 'middle', 'bottom')
union all
select
    'documents' as table_name,
    document_id as key,
    'more new or known entries than entries' as trouble
from core.documents
where
    least(entry_count, new_count, changed_count, known_count) < 0
    or greatest(new_count, known_count) > entry_count
union all
select
    'sections' as table_name,
    concat_ws('/', article_id, section_number) as key,
    'a span that ends before it begins' as trouble
from core.sections
where char_start > char_end or char_start < 0
union all
select
    'article_topics' as table_name,
    concat_ws('/', article_id, topic_id) as key,
    'a rank below 1 or a negative score' as trouble
from core.article_topics
where rank < 1 or score < 0
union all
select
    'section_topics' as table_name,
    concat_ws('/', article_id, section_number, topic_id) as key,
    'a rank below 1 or a negative score' as trouble
from core.section_topics
where rank < 1 or score < 0
union all
select
    'fetches' as table_name,
    concat_ws('/', feed_id, fetched_at) as key,
    'an overlap outside 0 to 1' as trouble
from core.fetches
where window_overlap not between 0 and 1
