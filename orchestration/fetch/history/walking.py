"""A run through the history of one feed: source by source, each to its end or to where it stops."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from orchestration.fetch.history.settings import HistorySettings
from orchestration.fetch.history.shelf import LANDED, Land, Shelf
from orchestration.fetch.history.source import Finding, Source, WalkStopped
from orchestration.fetch.history.visiting import Budget, Counts, Visit
from orchestration.fetch.politeness import HostTurns
from orchestration.fetch.timing import Clock
from orchestration.registry import FeedEntry
from transforms.feed import parse_feed
from warehouse.landing import Attempt, Landing

COMPLETENESS = "completeness"
"""Option of the line that closes a walk; its value is JSON."""
MAX_MISSING_TOLD = 200
"""Addresses written into a closing line; all of them follow from the landed lists."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WalkReport:
    """What came of a walk.

    Its status is `complete`, `stopped`, `incomplete` (a host in trouble did not serve some
    documents), `not_available` or `dry`.
    """

    feed_id: str
    source: str
    status: str
    counts: Counts
    estimate: str
    finding: Finding = field(default_factory=Finding)
    reason: str | None = None


def walk_history(
    feed: FeedEntry,
    sources: Sequence[Source],
    landing: Landing,
    settings: HistorySettings,
    now: Clock,
    *,
    land: Land | None = None,
    budget: Budget | None = None,
) -> list[WalkReport]:
    """Walk through the sources of a feed and return a report of each.

    Documents that have landed are not asked for again: all of them within a walk that was cut
    off, those that never change ever. A spent budget ends the run, a source that stops does not.
    """
    shelf = Shelf(feed.id, landing)
    budget = budget or Budget(settings.max_requests)
    keep = land or landing.land
    # Sources of one spacing share their turns: mostly they ask the same host.
    turns: dict[float, HostTurns] = {}
    reports = []
    for source in sources:
        spacing = _spacing(source, settings)
        turns.setdefault(spacing, HostTurns(concurrency=1, spacing_seconds=spacing))
        visit = Visit(
            feed=feed,
            source=source.name,
            turns=turns[spacing],
            shelf=shelf,
            land=keep,
            settings=settings,
            budget=budget,
            now=now,
        )
        reports.append(_walk(source, visit))
    return reports


def likely_sources(
    sources: Sequence[Source], feed: FeedEntry, landing: Landing
) -> tuple[Source, ...]:
    """Return the sources worth trying for a feed, by the platform its newest feed names.

    All of them before anything of the feed has landed.
    """
    if feed.url is None:
        return ()
    platform = platform_of_feed(feed.id, landing)
    return tuple(
        source
        for source in sources
        if not source.platforms or platform is None or platform in source.platforms
    )


def platform_of_feed(feed_id: str, landing: Landing) -> str | None:
    """Return the platform that the feed's newest landed body names; None when none does."""
    for attempt in landing.newest_attempts(feed_id):
        if attempt.document_id is None or attempt.options:
            continue
        body = landing.find_body(feed_id, attempt.document_id)
        return parse_feed(body).platform if body else None
    return None


def _spacing(source: Source, settings: HistorySettings) -> float:
    given = settings.spacing_seconds
    return source.spacing_seconds if given is None else given


def _walk(source: Source, visit: Visit) -> WalkReport:
    begun = visit.now()
    try:
        finding = source.walk(visit.feed, visit)
    except WalkStopped as stop:
        return _report(source, visit, "stopped", reason=str(stop))
    if visit.settings.is_dry:
        return _report(source, visit, "dry", finding)
    if visit.counts.failed:
        reason = f"{visit.counts.failed} documents were not served; run it again to ask for them"
        return _report(source, visit, "incomplete", finding, reason)
    visit.shelf.note([visit.land(_closing(source, visit, finding, begun), None)])
    return _report(source, visit, "complete" if finding.is_available else "not_available", finding)


def _report(
    source: Source,
    visit: Visit,
    status: str,
    finding: Finding | None = None,
    reason: str | None = None,
) -> WalkReport:
    return WalkReport(
        feed_id=visit.feed.id,
        source=source.name,
        status=status,
        counts=visit.counts,
        estimate=source.estimate,
        finding=finding or Finding(),
        reason=reason,
    )


def _closing(source: Source, visit: Visit, finding: Finding, begun: datetime) -> Attempt:
    """Return the line that closes a walk, with what it proves; from here a walk begins anew."""
    return Attempt(
        feed_id=visit.feed.id,
        fetched_at=visit.shelf.free_moment(visit.now()),
        outcome=LANDED,
        source_uri=f"history:{source.name}",
        options={
            "source": source.name,
            COMPLETENESS: json.dumps(_completeness(finding, begun), separators=(",", ":")),
        },
    )


def _completeness(finding: Finding, begun: datetime) -> Mapping[str, Any]:
    until = finding.until or begun
    return {
        "is_available": finding.is_available,
        "proofs": list(finding.proofs),
        "since": finding.since and finding.since.isoformat(),
        "until": until.isoformat(),
        "listed_count": len(finding.listed),
        "missing_count": len(finding.missing),
        "missing": list(finding.missing[:MAX_MISSING_TOLD]),
    }
