-- What is known of this article? One row in all.
select
    a.article_id,
    a.title,
    a.subtitle,
    a.feed_id,
    coalesce(h.feed_label, a.feed_id) as feed_label,
    array_to_string(a.authors, ', ') as authors,
    a.published_at,
    a.published_raw,
    a.published_rule,
    a.first_seen_at,
    a.last_seen_at,
    a.vanished_at,
    a.kind,
    a.issue_number,
    a.is_paywalled,
    a.is_truncated,
    a.language,
    a.word_count,
    a.section_count,
    a.link_count,
    a.image_count,
    a.revision,
    a.url,
    a.month
from core.articles as a
left join marts.feed_health as h on a.feed_id = h.feed_id
where a.article_id = $article
