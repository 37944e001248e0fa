"""How every feed is doing: the landing's last word and the warehouse's judgement, side by side."""

import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from orchestration.fetch.fetching import DAMAGED_LANDING, plan_feeds
from orchestration.fetch.outcomes import SUCCESSES
from orchestration.fetch.schedule import Plan
from orchestration.fetch.settings import FetchSettings
from orchestration.month_coverage import MonthRange, ranges_text, read_month_ranges
from orchestration.places import Places
from orchestration.registry import Registry
from warehouse import connect
from warehouse.landing import Landing
from warehouse.queries import find_queries, run_query

HEALTHS = ("failing", "warning", "new", "ok")
"""From worst to best, as they are listed."""
FAILING_COUNT = 3
"""Failures in a row that make a feed failing, as in marts.feed_health."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedStatus:
    """One feed: its health, its last attempt, and when and why it is asked next. Times are UTC."""

    feed: str
    health: str
    is_followed: bool
    last_at: datetime | None
    outcome: str | None
    reason: str | None
    failures: int
    articles: int | None
    days_quiet: float | None
    coverage: str | None
    missed: int | None
    months: tuple[MonthRange, ...]
    """What of its months is known to be there, in order of time."""
    is_due: bool
    due_at: datetime | None
    because: str


def feed_statuses(
    places: Places, registry: Registry, settings: FetchSettings, now: datetime
) -> list[FeedStatus]:
    """Return the status of every feed that is followed or known, the worst first.

    What the warehouse says may be older than the last attempt, and missing before a first run.
    """
    plans = {
        plan.feed_id: plan
        for plan in plan_feeds(registry.feeds, Landing(places.landing), settings, now)
    }
    known, ranges = _known(places), read_month_ranges(places)
    feed_ids = dict.fromkeys([*(feed.id for feed in registry.feeds), *known])
    found = [
        _status(each, registry, plans.get(each), known.get(each, {}), ranges.get(each, ()))
        for each in feed_ids
    ]
    return sorted(found, key=lambda status: HEALTHS.index(status.health))


def print_statuses(statuses: Iterable[FeedStatus], now: datetime) -> None:
    """Print a line per feed that fits a terminal of 100 columns; only reasons are folded."""
    from rich.console import Console
    from rich.table import Table

    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for name in ("feed", "health", "last", "coverage"):
        table.add_column(name, no_wrap=True)
    table.add_column("next", overflow="fold")
    for each in statuses:
        table.add_row(each.feed, each.health, last_text(each, now), *_coverage_and_next(each, now))
    is_terminal = sys.stdout.isatty()
    Console(width=None if is_terminal else 200, highlight=False, markup=False).print(table)


def print_months(statuses: Iterable[FeedStatus]) -> None:
    """Print a line per feed: which of its months are complete, partial or unknown."""
    from rich.console import Console
    from rich.table import Table

    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column("feed", no_wrap=True)
    table.add_column("months known to be complete, partial or unknown", overflow="fold")
    for each in statuses:
        if each.months:
            table.add_row(each.feed, ranges_text(each.months))
    if table.row_count:
        width = None if sys.stdout.isatty() else 200
        Console(width=width, highlight=False, markup=False).print(table)


def as_record(status: FeedStatus) -> dict[str, Any]:
    """Return a status for programs."""
    return asdict(status)


def as_row(status: FeedStatus) -> dict[str, Any]:
    """Return a status for a spreadsheet: its months as text."""
    return {**asdict(status), "months": ranges_text(status.months)}


def last_text(status: FeedStatus, now: datetime) -> str:
    """Return what came of the last attempt, and how long ago."""
    if status.last_at is None:
        return status.outcome or "never asked"
    return f"{status.outcome} {_span(now - status.last_at)} ago"


def next_text(status: FeedStatus, now: datetime) -> str:
    """Return when and why a feed is asked next, seen from now."""
    if status.is_due:
        return f"now: {status.because}"
    when = "never" if status.due_at is None else f"in {_span(status.due_at - now)}"
    return f"{when}: {status.because}"


def counts_text(statuses: Iterable[FeedStatus]) -> str:
    """Return how many feeds there are of each health, and how many are due."""
    listed = list(statuses)
    counts = {health: sum(each.health == health for each in listed) for health in HEALTHS}
    told = ", ".join(f"{count} {health}" for health, count in counts.items() if count)
    due = sum(each.is_due for each in listed)
    return f"{len(listed)} feeds: {told or 'none'}; {due} due now."


def _coverage_and_next(status: FeedStatus, now: datetime) -> tuple[str, str]:
    missed = f"{status.missed} missed" if status.missed else status.coverage or ""
    return missed, next_text(status, now)


def _status(
    feed_id: str,
    registry: Registry,
    plan: Plan | None,
    row: Mapping[str, Any],
    months: Sequence[MonthRange],
) -> FeedStatus:
    entry = registry.feed(feed_id)
    last = plan.last if plan else None
    if plan is not None:
        because = plan.due_reason
    elif entry is None:
        because = f"not in {registry.path.name}: its articles stay"
    else:
        because = "has no url: only imported" if entry.url is None else "is_active = false"
    return FeedStatus(
        feed=feed_id,
        health=_health(plan, row),
        is_followed=plan is not None,
        last_at=last.fetched_at if last else None,
        outcome=last.outcome if last else row.get("outcome"),
        reason=last.reason if last else None,
        failures=plan.failure_count if plan else 0,
        articles=row.get("articles"),
        days_quiet=row.get("days_quiet"),
        coverage=row.get("coverage"),
        missed=row.get("missed"),
        months=tuple(months),
        is_due=plan is not None and plan.is_due,
        due_at=plan.due_at if plan else None,
        because=because,
    )


def _health(plan: Plan | None, row: Mapping[str, Any]) -> str:
    """Return the warehouse's judgement, made worse by failures it does not know of yet."""
    held = row.get("health", "new" if plan is None or plan.last is None else "ok")
    if plan is None or plan.last is None or plan.last.outcome in SUCCESSES:
        return str(held)
    is_failing = plan.failure_count >= FAILING_COUNT or plan.last.outcome == DAMAGED_LANDING
    return "failing" if is_failing or held in {"failing", "new"} else "warning"


def _known(places: Places) -> dict[str, Mapping[str, Any]]:
    """Return what the warehouse says of each feed; nothing before there is one."""
    if not places.warehouse.exists():
        return {}
    with connect(places.data) as connection:
        columns, rows = run_query(connection, find_queries()["feed_health"], {})
    records = [dict(zip(columns, row, strict=True)) for row in rows]
    return {record["feed"]: record for record in records}


def _span(length: timedelta) -> str:
    minutes = max(length.total_seconds(), 0) / 60
    if minutes < 90:
        return f"{minutes:.0f} min"
    return f"{minutes / 60:.0f} h" if minutes < 48 * 60 else f"{minutes / 1440:.0f} d"
