-- Two feeds side by side, as in compare_feeds('bytebytego', 'pinterest'): one
-- row per feed.
create or replace macro compare_feeds(feed, other) as table (
    with sponsors as (
        select
            feed_id,
            count(*) as sponsor_count,
            sum(placement_count)::bigint as placement_count
        from marts.sponsor_roster
        group by all
    ),

    sold as (
        select
            feed_id,
            round(
                sum(sold_count) / nullif(sum(issue_count), 0), 4
            ) as sold_share
        from marts.sell_through
        group by all
    )

    select
        c.feed_id,
        c.article_count,
        c.posts_per_week_12,
        c.median_gap_days,
        c.usual_weekday,
        c.usual_local_hour,
        c.status,
        coalesce(s.sponsor_count, 0) as sponsor_count,
        coalesce(s.placement_count, 0) as placement_count,
        d.sold_share
    from marts.publishing_cadence as c
    left join sponsors as s on c.feed_id = s.feed_id
    left join sold as d on c.feed_id = d.feed_id
    where c.feed_id in (feed, other)  -- noqa: RF02
    order by c.feed_id
);
