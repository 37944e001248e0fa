"""What the pages of some assets show after a load: answers as tables, pictures and numbers."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

import dagster as dg
import duckdb

from orchestration.assets.feed_checks import FeedFacts
from orchestration.markdown import bar_chart, sparkline, table_of
from warehouse.queries import Answer, find_queries, run_query

_OWN_QUERIES = Path(__file__).with_name("sql")
_MARKS = {"failing": "✗ failing", "warning": "! warning", "new": "· new", "ok": "✓ ok"}
_SHOWN_MONTHS = 24

Metadata = dict[str, Any]


def describe_load(con: duckdb.DuckDBPyConnection) -> Metadata:
    """Return what the warehouse as a whole shows: extraction coverage and the newest articles."""
    answer = _ask(con, "extraction_coverage", _OWN_QUERIES)
    shares = dict(zip(answer.columns, answer.rows[0], strict=True))
    shares.pop("article_count")
    return {
        **{f"share_with_{name}": round(share or 0.0, 4) for name, share in shares.items()},
        "newest_articles": _table(_ask(con, "newest_articles")),
    }


def describe_mart(name: str, con: duckdb.DuckDBPyConnection, facts: FeedFacts) -> Metadata:
    """Return what the page of a mart shows beyond its rows; nothing for most."""
    describe = _PREVIEWS.get(name)
    return describe(con, facts) if describe else {}


def _sponsor_roster(con: duckdb.DuckDBPyConnection, _facts: FeedFacts) -> Metadata:
    return {"top_sponsors": _table(_ask(con, "top_sponsors"))}


def _sell_through(con: duckdb.DuckDBPyConnection, _facts: FeedFacts) -> Metadata:
    rows = _ask(con, "placements_by_month", _OWN_QUERIES).rows[-_SHOWN_MONTHS:]
    issues, placements = sum(row[1] for row in rows), sum(row[2] for row in rows)
    chart = bar_chart([(month, count) for month, _, count in rows], "paid placements a month")
    return {
        "placements_per_issue": round(placements / issues, 4) if issues else 0.0,
        "placements_by_month": dg.MetadataValue.md(chart),
    }


def _topic_months(con: duckdb.DuckDBPyConnection, _facts: FeedFacts) -> Metadata:
    return {"topics_rising": _table(_ask(con, "topics_rising"))}


def _feed_health(_con: duckdb.DuckDBPyConnection, facts: FeedFacts) -> Metadata:
    order = list(_MARKS)
    feeds = sorted(facts.health, key=lambda each: (order.index(each["health"]), each["feed_id"]))
    rows = [
        (_MARKS[f["health"]], f["feed_id"], f["last_outcome"], f["status"], f["coverage"],
         _day(f["last_published_at"]), f["last_reason"])
        for f in feeds
    ]  # fmt: skip
    columns = ("health", "feed", "last attempt", "rhythm", "coverage", "last article", "reason")
    counts = {name: sum(f["health"] == name for f in feeds) for name in _MARKS}
    return {
        **{f"feeds_{name}": count for name, count in counts.items()},
        "feeds": dg.MetadataValue.md(table_of(columns, rows)),
    }


def _publishing_cadence(con: duckdb.DuckDBPyConnection, facts: FeedFacts) -> Metadata:
    posts: Mapping[str, list[int]] = dict(_ask(con, "posts_by_month", _OWN_QUERIES).rows)
    rows = [
        (f["feed_id"], f["status"], f["posts_per_week_12"], sparkline(posts.get(f["feed_id"], [])),
         _day(f["last_published_at"]), _day(f["expected_next_at"]))
        for f in facts.cadence
    ]  # fmt: skip
    columns = ("feed", "status", "a week", "last 24 months", "last article", "next expected")
    return {"rhythm": dg.MetadataValue.md(table_of(columns, rows))}


_PREVIEWS: Mapping[str, Callable[[duckdb.DuckDBPyConnection, FeedFacts], Metadata]] = {
    "feed_health": _feed_health,
    "publishing_cadence": _publishing_cadence,
    "sell_through": _sell_through,
    "sponsor_roster": _sponsor_roster,
    "topic_months": _topic_months,
}


def _day(moment: datetime | None) -> date | None:
    """Return the day of a moment: its hour would take three lines of a narrow column."""
    return moment.date() if moment else None


def _ask(con: duckdb.DuckDBPyConnection, name: str, folder: Path | None = None) -> Answer:
    queries = find_queries(folder) if folder else find_queries()
    return run_query(con, queries[name], {})


def _table(answer: Answer) -> dg.MarkdownMetadataValue:
    return dg.MetadataValue.md(table_of(answer.columns, answer.rows))
