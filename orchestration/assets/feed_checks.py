"""Checks on feeds, from the marts: is the publisher silent, the fetch broken, or a wall up?

They never stop a run: one feed's trouble is that feed's red row. Error says that somebody has
to do something, warning that the publisher did something, or nothing.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import dagster as dg
import pyarrow.parquet as pq

from orchestration.markdown import table_of

_BLOCKED = frozenset({"blocked", "rate_limited"})
_BROKEN_AFTER = 3
"""Failures in a row before a fetch counts as broken: hosts restart, networks blink."""
_NAMED_FEEDS = 5
"""Failing feeds a result names in its first line; the table has all."""
_SILENT = frozenset({"late", "silent"})

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedFacts:
    """The rows of the marts that tell how feeds are."""

    health: Sequence[Row]
    cadence: Sequence[Row]


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedCheck:
    """A question to every feed, and the columns that tell why it failed."""

    name: str
    mart: str
    description: str
    severity: dg.AssetCheckSeverity
    columns: tuple[str, ...]
    is_failing: Callable[[Row], bool]


def _is_failing(feed: Row) -> bool:
    return bool(feed["last_fetched_at"] and feed["is_active"]) and (
        feed["last_ok_at"] is None or feed["consecutive_failures"] >= _BROKEN_AFTER
    )


def _is_fetched(feed: Row) -> bool:
    return bool(feed["is_active"]) and feed["consecutive_failures"] == 0


FEED_CHECKS = (
    FeedCheck(
        name="fetching_works",
        mart="feed_health",
        description="No feed failed three times in a row or was never reached: gone, broken,"
        " moved or unreachable. The reason tells the cure.",
        severity=dg.AssetCheckSeverity.ERROR,
        columns=("feed_id", "last_outcome", "consecutive_failures", "last_ok_at", "last_reason"),
        is_failing=lambda feed: _is_failing(feed) and feed["last_outcome"] not in _BLOCKED,
    ),
    FeedCheck(
        name="not_walled_off",
        mart="feed_health",
        description="No host keeps us out with a wall against robots, a login or a limit. Ask"
        " the publisher, or ask less often; trying harder makes it worse.",
        severity=dg.AssetCheckSeverity.ERROR,
        columns=("feed_id", "last_outcome", "consecutive_failures", "last_ok_at", "last_reason"),
        is_failing=lambda feed: _is_failing(feed) and feed["last_outcome"] in _BLOCKED,
    ),
    FeedCheck(
        name="windows_overlap",
        mart="feed_health",
        description="No feed's latest document begins after the newest article known before it:"
        " what lay between may be lost. Poll more often, or fill it with `feedhouse history`.",
        severity=dg.AssetCheckSeverity.WARN,
        columns=("feed_id", "coverage", "gap_count", "missed_estimate"),
        is_failing=lambda feed: feed["coverage"] == "gap",
    ),
    FeedCheck(
        name="publishers_on_time",
        mart="publishing_cadence",
        description="Every feed that we reach has published when its own rhythm had it due, within"
        " its own tolerance. Feeds that ended long ago are left out.",
        severity=dg.AssetCheckSeverity.WARN,
        columns=(
            "feed_id", "status", "last_published_at", "expected_next_at", "tolerance_hours",
            "median_gap_days",
        ),
        is_failing=lambda feed: _is_fetched(feed) and feed["status"] in _SILENT,
    ),
)  # fmt: skip


def read_facts(marts: Path) -> FeedFacts:
    """Return the facts that the marts as published tell."""
    return FeedFacts(
        health=pq.read_table(marts / "feed_health.parquet").to_pylist(),
        cadence=pq.read_table(marts / "publishing_cadence.parquet").to_pylist(),
    )


def check_spec(check: FeedCheck) -> dg.AssetCheckSpec:
    """Return what Dagster has to know of a check."""
    return dg.AssetCheckSpec(
        name=check.name,
        asset=dg.AssetKey(["marts", check.mart]),
        description=check.description,
    )


def check_feeds(check: FeedCheck, facts: FeedFacts) -> dg.AssetCheckResult:
    """Return the result of a check, with a row for every feed that fails it."""
    cadence = {feed["feed_id"]: feed for feed in facts.cadence}
    feeds = [{**cadence.get(feed["feed_id"], {}), **feed} for feed in facts.health]
    failing = [feed for feed in feeds if check.is_failing(feed)]
    rows = [tuple(feed.get(name) for name in check.columns) for feed in failing]
    return dg.AssetCheckResult(
        check_name=check.name,
        asset_key=dg.AssetKey(["marts", check.mart]),
        passed=not failing,
        severity=check.severity,
        description=", ".join(feed["feed_id"] for feed in failing[:_NAMED_FEEDS])
        or f"no trouble in {len(feeds)} feeds",
        metadata={
            "failing_feeds": len(failing),
            "feeds": dg.MetadataValue.md(table_of(check.columns, rows)),
        },
    )
