"""Which columns the main columns of placements, topics and cadence are made from.

What tables a mart reads is taken from its SQL; columns are told here for the answers that
people ask after: who says that this company paid, that this is the topic, that this is late.
"""

from collections.abc import Mapping

import dagster as dg

COLUMN_SOURCES: Mapping[str, Mapping[str, str]] = {
    "core/sponsor_placements": {
        "article_id": "core/sections.article_id",
        "section_number": "core/sections.section_number",
        "position": "core/sections.section_number core/sections.role",
        "headline": "core/sections.heading",
        "copy_text": "core/sections.text",
        "landing_url": "core/links.canonical_url",
        "campaign_slug": "core/links.url",
        "campaign_date": "core/links.url",
        "sponsor_id": "core/sections.text core/links.url core/links.domain",
        "sponsor_name": "core/sections.text core/links.url core/links.domain",
        "sponsor_domain": "core/links.domain",
        "is_labelled": "core/sections.heading core/sections.text",
        "is_house": "core/sections.role core/links.url",
        "evidence": "core/sections.heading core/sections.text core/links.url",
        "confidence": "core/sections.heading core/sections.text core/links.url",
        "copy_hash": "core/sections.text",
        "creative_id": "core/sections.text",
    },
    "core/sponsors": {
        "sponsor_id": "core/sponsor_placements.sponsor_id",
        "sponsor_name": "core/sponsor_placements.sponsor_name",
        "domains": "core/sponsor_placements.sponsor_domain",
    },
    "marts/paid_placements": {
        name: f"core/sponsor_placements.{name}"
        for name in (
            "placement_id", "article_id", "feed_id", "published_at", "month", "position",
            "sponsor_id", "headline", "copy_hash", "creative_id", "landing_url", "is_labelled",
            "confidence",
        )
    }
    | {
        "sponsor_name": "core/sponsors.sponsor_name core/sponsor_placements.sponsor_name",
        "category": "core/sponsors.category",
    },
    "marts/sponsor_roster": {
        "feed_id": "marts/paid_placements.feed_id",
        "sponsor_id": "marts/paid_placements.sponsor_id",
        "sponsor_name": "marts/paid_placements.sponsor_name",
        "placement_count": "marts/paid_placements.placement_id",
        "issue_count": "marts/paid_placements.article_id",
        "first_at": "marts/paid_placements.published_at",
        "last_at": "marts/paid_placements.published_at",
        "run_count": "marts/paid_placements.published_at",
        "slots": "marts/paid_placements.position",
        "labelled_share": "marts/paid_placements.is_labelled",
        "renewal_class": "marts/paid_placements.published_at marts/publishing_times.published_at",
    },
    "core/article_topics": {
        "article_id": "core/sections.article_id",
        "topic_id": "core/sections.heading core/sections.text",
        "score": "core/sections.text core/sections.word_count",
        "evidence": "core/sections.heading core/sections.text",
    },
    "core/section_topics": {
        "article_id": "core/sections.article_id",
        "section_number": "core/sections.section_number",
        "topic_id": "core/sections.heading core/sections.text",
        "score": "core/sections.text core/sections.word_count",
        "evidence": "core/sections.heading core/sections.text",
    },
    "marts/topic_months": {
        "month": "core/articles.month",
        "topic_id": "core/article_topics.topic_id",
        "topic_name": "core/topics.topic_name",
        "article_count": "core/article_topics.article_id",
        "month_article_count": "core/articles.article_id",
        "share": "core/article_topics.article_id core/articles.article_id",
        "momentum": "core/article_topics.article_id core/articles.article_id",
        "trend": "core/article_topics.article_id core/articles.article_id",
    },
    "marts/publishing_times": {
        "article_id": "core/articles.article_id",
        "feed_id": "core/articles.feed_id",
        "published_at": "core/articles.published_at",
        "local_at": "core/articles.published_at core/feeds.timezone",
        "local_hour": "core/articles.published_at core/feeds.timezone",
        "gap_days": "core/articles.published_at",
    },
    "marts/publishing_rhythms": {
        "expected_next_at": "marts/publishing_times.local_at",
        "tolerance_hours": "marts/publishing_times.local_at",
        "regularity": "marts/publishing_times.local_at marts/observed_days.until_date",
    },
    "marts/publishing_cadence": {
        "posts_per_week_52": "marts/publishing_times.published_at"
        " marts/observed_spans.observed_until_at",
        "median_gap_days": "marts/publishing_times.gap_days",
        "usual_weekday": "marts/publishing_times.weekday",
        "usual_local_hour": "marts/publishing_times.local_hour",
        "regularity": "marts/publishing_rhythms.regularity",
        "expected_next_at": "marts/publishing_rhythms.expected_next_at",
        "observed_until_at": "core/fetches.fetched_at core/fetches.outcome",
        "status": "marts/publishing_rhythms.expected_next_at marts/publishing_times.published_at"
        " core/fetches.fetched_at",
    },
}  # fmt: skip
"""By asset and column, the columns it is made from."""


def sources_of(key: dg.AssetKey) -> Mapping[str, str]:
    """Return what columns of an asset are made from, as text by column; empty if not told."""
    return COLUMN_SOURCES.get(key.to_user_string(), {})


def column_lineage(key: dg.AssetKey) -> dict[str, dg.TableColumnLineage]:
    """Return the metadata that tells an asset's column lineage; empty where none is told."""
    sources = sources_of(key)
    if not sources:
        return {}
    deps = {column: [_dep(name) for name in text.split()] for column, text in sources.items()}
    return {"dagster/column_lineage": dg.TableColumnLineage(deps_by_column=deps)}


def _dep(name: str) -> dg.TableColumnDep:
    table, _, column = name.partition(".")
    return dg.TableColumnDep(asset_key=dg.AssetKey(table.split("/")), column_name=column)
