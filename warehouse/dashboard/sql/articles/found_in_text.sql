-- Which articles hold the words? One row per article, the newest first.
-- All words must stand in the title, subtitle or the article's own text, in any
-- order; paid copy does not count. Articles without a date, or with one of the
-- future, stand at the day they were first seen. Choose one to read it.
with wanted as (
    select distinct unnest(
        string_split_regex(lower(trim($words)), '\s+')
    ) as word
),

-- No article was published after it was seen, or before there was a web.
placed as (
    select
        article_id,
        feed_id,
        title,
        subtitle,
        text,
        kind,
        word_count,
        published_at,
        case
            when
                published_at <= first_seen_at + interval 2 days
                and published_at >= timestamptz '1990-01-01 00:00:00+00'
                then published_at
            else first_seen_at
        end as stands_at
    from core.articles
    where
        list_contains($feeds, feed_id)
        and (
            not month between '1990-01' and strftime($until::date, '%Y-%m')
            or month >= strftime($since::date, '%Y-%m')
        )
),

chosen as (
    select *
    from placed
    where
        stands_at >= ($since::date)::timestamp at time zone 'UTC'
        and stands_at < ($until::date + 1)::timestamp at time zone 'UTC'
        and ($kind::varchar is null or kind = $kind)
),

lacking as (
    select c.article_id
    from chosen as c
    cross join wanted as w
    where
        not contains(
            lower(concat_ws(' ', c.title, c.subtitle, c.text)),
            w.word
        )
),

found as (
    select
        c.article_id,
        c.feed_id,
        c.title,
        c.kind,
        c.word_count,
        c.published_at,
        c.stands_at,
        p.sponsors,
        count(*) over () as found_count
    from chosen as c
    left join (
        select
            article_id,
            list(
                coalesce(sponsor_name, 'not named') order by placement_number
            ) as sponsors
        from marts.paid_placements
        group by all
    ) as p on c.article_id = p.article_id
    where
        c.article_id not in (select l.article_id from lacking as l)
        and (
            $topic::varchar is null
            or c.article_id in (
                select t.article_id
                from core.article_topics as t
                where t.topic_id = $topic
            )
        )
        and (
            $company::varchar is null
            or c.article_id in (
                select n.article_id
                from core.article_companies as n
                where n.company_id = $company
            )
        )
        and (
            $paid::varchar is null
            or (p.sponsors is not null) = ($paid = 'sponsored')
        )
)

select
    f.article_id,
    f.published_at,
    h.feed_label as feed,
    f.title,
    replace(f.kind, '_', ' ') as kind,
    f.word_count,
    f.sponsors,
    f.found_count
from found as f
inner join marts.feed_health as h on f.feed_id = h.feed_id
order by f.stands_at desc, f.article_id
limit $rows
