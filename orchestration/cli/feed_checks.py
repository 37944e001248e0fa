"""`feedhouse feeds check`: what one request to each feed shows."""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from orchestration.cli.output import say
from orchestration.fetch.check import FeedCheck, check_feed
from orchestration.fetch.politeness import HostTurns
from orchestration.fetch.settings import FetchSettings
from orchestration.registry import FeedEntry
from warehouse.landing import Landing

NEWEST_SHOWN = 3


def check_feeds(
    feeds: Iterable[FeedEntry], landing: Path, settings: FetchSettings, now: Callable[[], datetime]
) -> Iterator[FeedCheck]:
    """Yield what came of asking each feed, one after the other and as spaced as a run."""
    turns = HostTurns(
        concurrency=settings.host_concurrency, spacing_seconds=settings.host_spacing_seconds
    )
    for feed in feeds:
        yield check_feed(feed, Landing(landing), settings, now, turns=turns)


def print_check(check: FeedCheck) -> None:
    """Print a check: what a run would do, the newest items, and when it would ask again."""
    say(f"{check.feed_id}: {check.summary}")
    if check.window:
        say(f"  {check.window.title or '(no title)'}")
        for entry in check.window.entries[:NEWEST_SHOWN]:
            day = f"{entry.published_at:%Y-%m-%d}" if entry.published_at else "no date   "
            say(f"    {day}  {entry.title or '(no title)'}")
    attempt = check.attempt
    if attempt and attempt.next_due_at:
        say(f"  then again {attempt.next_due_at:%Y-%m-%d %H:%M} UTC: {attempt.due_reason}")


def as_row(check: FeedCheck) -> dict[str, Any]:
    """Return a check as a flat record for programs; times are UTC."""
    attempt, window = check.attempt, check.window
    return {
        "feed": check.feed_id,
        "is_success": check.is_success,
        "outcome": attempt.outcome if attempt else None,
        "http_status": attempt.http_status if attempt else None,
        "summary": check.summary,
        "is_new": check.is_new,
        "bytes": attempt.bytes if attempt else None,
        "duration_ms": attempt.duration_ms if attempt else None,
        "final_url": attempt.final_url if attempt else None,
        "title": window.title if window else None,
        "entry_count": len(window.entries) if window else None,
        "next_due_at": attempt.next_due_at if attempt else None,
        "due_reason": attempt.due_reason if attempt else None,
    }
