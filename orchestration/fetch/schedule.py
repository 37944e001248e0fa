"""When a feed is asked next, and why: from its own rhythm, its host's wishes and its failures."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from orchestration.fetch.client import Conditions
from orchestration.fetch.hints import cached_for, retry_after
from orchestration.fetch.outcomes import SUCCESSES
from orchestration.fetch.settings import FetchSettings
from orchestration.fetch.state import FeedState, read_state
from orchestration.fetch.windows import Window, rhythm_of
from orchestration.registry import FeedEntry
from warehouse.landing import Attempt

POLLS_PER_GAP = 4
"""A new post is seen after an eighth of the usual time between posts, on average."""
POLLS_PER_HALF_WINDOW = 2
"""Twice before half the window has been replaced: a burst four times faster loses nothing."""
IDLE_SHARE = 10
"""A feed silent for ten days is asked after one: cost falls as hope does."""
SPREAD_SHARE = 0.1
BACKOFF_SPREAD_SHARE = 0.5
"""Feeds that failed together must not come back together."""
CLOCK_TOLERANCE = timedelta(hours=1)

_FIRST_BACKOFF = {
    "not_found": timedelta(hours=1),
    "blocked": timedelta(hours=1),
    "not_a_feed": timedelta(hours=1),
    "too_large": timedelta(hours=6),
    "refused_address": timedelta(hours=6),
    "bad_redirect": timedelta(hours=6),
}
_OTHER_FIRST_BACKOFF = timedelta(minutes=15)
_MAX_DOUBLINGS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Whether to ask a feed now, where and with which validators. Times are UTC."""

    feed_id: str
    is_due: bool
    due_at: datetime | None
    """When it falls due; None for a feed that was never asked, or is not asked at all."""
    due_reason: str
    held_until: datetime | None = None
    """A host said to stay away until then: not even a forced run asks before."""
    request_url: str | None = None
    conditions: Conditions | None = None
    """Validators to send; None asks for the whole body."""
    last: Attempt | None = None
    """The attempt it follows from; None for a feed that was never asked."""
    failure_count: int = 0
    """Failures in a row, up to the last attempt."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NextPoll:
    """When to ask again, and why in words for `status`."""

    due_at: datetime
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """How much of a new window was known, and the time since the window before it."""

    overlap: float
    elapsed: timedelta

    @property
    def safe_wait(self) -> timedelta:
        """Half the time in which the window would be replaced whole at the speed just seen."""
        if self.overlap <= 0:
            return self.elapsed / 4
        return self.elapsed / (2 * max(1 - self.overlap, 1e-3))


def plan_feed(
    feed: FeedEntry, attempts: Iterable[Attempt], now: datetime, settings: FetchSettings
) -> Plan:
    """Return what to do with a feed at a moment: a function of its attempts alone."""
    if feed.url is None or not feed.is_active:
        why = "has no url: only imported" if feed.url is None else "is_active = false"
        return Plan(feed_id=feed.id, is_due=False, due_at=None, due_reason=why)
    return plan_from(feed, read_state(feed, attempts, settings), now, settings)


def plan_from(feed: FeedEntry, state: FeedState, now: datetime, settings: FetchSettings) -> Plan:
    """Return the plan of a followed feed from its state."""
    conditions = state.conditions
    if state.full_fetch_at is None or now - state.full_fetch_at >= settings.unconditional_after:
        conditions = None
    last = state.last
    if last is None:
        due_at, reason, held_until, is_due = None, "never asked", None, True
    else:
        due_at = last.next_due_at or last.fetched_at + settings.default_poll
        reason = last.due_reason or "no earlier plan"
        held_until = _held_until(last, settings)
        is_due = now >= due_at
        if last.fetched_at > now + CLOCK_TOLERANCE:
            held_until, is_due = None, True
            reason = "the last attempt lies in the future: the clock was set back"
    return Plan(
        feed_id=feed.id,
        is_due=is_due,
        due_at=due_at,
        due_reason=reason,
        held_until=held_until,
        request_url=state.request_url,
        conditions=conditions,
        last=last,
        failure_count=state.failure_count,
    )


def is_free(plan: Plan, now: datetime) -> bool:
    """Return whether the host may be asked at all, due or not."""
    return plan.held_until is None or now >= plan.held_until


def next_poll_after_failure(
    feed_id: str, outcome: str, failure_count: int, last: Attempt, settings: FetchSettings
) -> NextPoll:
    """Return when to ask again after the n-th failure in a row (from 1)."""
    if outcome == "gone":
        return NextPoll(
            due_at=last.fetched_at + settings.gone_poll, reason="gone (410): asked once a week"
        )
    first = _FIRST_BACKOFF.get(outcome, _OTHER_FIRST_BACKOFF)
    backoff = first * 2 ** min(failure_count - 1, _MAX_DOUBLINGS)
    spread = BACKOFF_SPREAD_SHARE * _spread(f"{feed_id} {failure_count}")
    wait = min(backoff * (1 + spread), settings.max_backoff)
    reason = f"{outcome}, {failure_count} in a row: backs off for {_words(wait)}"
    told = _told_wait(last, settings)
    if told is not None:
        wait = max(wait, told, min(told * (1 + SPREAD_SHARE * spread), settings.max_backoff))
        reason = f"{outcome}: the host asks to stay away for {_words(told)}"
    return NextPoll(due_at=last.fetched_at + wait, reason=reason)


def next_poll_after_change(
    feed_id: str,
    attempt: Attempt,
    window: Window,
    settings: FetchSettings,
    seen: Seen | None = None,
) -> NextPoll:
    """Return when to ask again after a new body, from the rhythm its window shows."""
    wait, reason = _rhythm_wait(window, attempt.fetched_at, settings)
    if seen is not None and seen.safe_wait < wait:
        wait = seen.safe_wait
        reason = f"{reason}; only {seen.overlap:.0%} of the window was known"
    declared = window.declared_wait
    if declared is not None and declared > wait:
        half_life = _half_life(window, attempt.fetched_at)
        wait = declared if half_life is None else min(declared, max(half_life, wait))
        reason = f"{reason}; the feed declares a new state every {_words(declared)}"
    return _healthy(feed_id, attempt, wait, reason, settings)


def next_poll_after_no_change(
    feed_id: str, state: FeedState, attempt: Attempt, settings: FetchSettings
) -> NextPoll:
    """Return when to ask again when nothing was new: the known rhythm, slower with silence."""
    wait = state.rhythm_wait or settings.default_poll
    reason = state.rhythm_reason or "rhythm not known yet"
    silent = attempt.fetched_at - (state.changed_at or attempt.fetched_at)
    if silent / IDLE_SHARE > wait:
        wait = silent / IDLE_SHARE
        reason = f"nothing new for {_words(silent)}"
    return _healthy(feed_id, attempt, wait, reason, settings)


def _rhythm_wait(window: Window, now: datetime, settings: FetchSettings) -> tuple[timedelta, str]:
    rhythm = rhythm_of(window, now)
    if rhythm is None:
        return settings.default_poll, "rhythm not known yet: too few dates"
    wait = min(rhythm.gap / POLLS_PER_GAP, rhythm.half_life / POLLS_PER_HALF_WINDOW)
    reason = f"posts every {_words(rhythm.gap)}"
    idle = max(now - rhythm.newest_at, timedelta(0))
    if idle / IDLE_SHARE > wait:
        wait, reason = idle / IDLE_SHARE, f"{reason}, silent for {_words(idle)}"
    return wait, reason


def _half_life(window: Window, now: datetime) -> timedelta | None:
    rhythm = rhythm_of(window, now)
    return None if rhythm is None else rhythm.half_life


def _healthy(
    feed_id: str, attempt: Attempt, wait: timedelta, reason: str, settings: FetchSettings
) -> NextPoll:
    """Return the poll after a wait, lengthened by what caches would answer, within the bounds."""
    cached = cached_for(attempt.headers, attempt.answered_at or attempt.fetched_at)
    if cached is not None and cached > wait:
        wait, reason = (
            cached + _took(attempt),
            f"the host's caches hold the answer for {_words(cached)}",
        )
    wait = max(wait, settings.min_poll) * (1 + SPREAD_SHARE * _spread(feed_id))
    return NextPoll(due_at=attempt.fetched_at + min(wait, settings.max_poll), reason=reason)


def _held_until(last: Attempt, settings: FetchSettings) -> datetime | None:
    """Return until when a host said to stay away; a 429 without a time holds for our own wait."""
    if last.outcome in SUCCESSES:
        return None
    told = _told_wait(last, settings)
    if told is not None:
        return last.fetched_at + told
    return last.next_due_at if last.outcome == "rate_limited" else None


def _told_wait(last: Attempt, settings: FetchSettings) -> timedelta | None:
    if last.http_status not in {420, 429, 503}:
        return None
    told = retry_after(last.headers, last.answered_at or last.fetched_at)
    return None if told is None else min(told, settings.max_backoff) + _took(last)


def _took(attempt: Attempt) -> timedelta:
    """Return how long the answer was coming: what a host tells counts from then."""
    if attempt.answered_at is None:
        return timedelta(milliseconds=attempt.duration_ms or 0)
    return max(attempt.answered_at - attempt.fetched_at, timedelta(0))


def _spread(salt: str) -> float:
    """Return a fraction from 0 to 1 that a text always gets: chance that can be explained."""
    return int.from_bytes(hashlib.sha256(salt.encode()).digest()[:4]) / 2**32


def _words(wait: timedelta) -> str:
    minutes = wait.total_seconds() / 60
    if minutes < 90:
        return f"{minutes:.0f} min"
    hours = minutes / 60
    if hours < 48:
        return f"{hours:.0f} h"
    return f"{hours / 24:.1f}".removesuffix(".0") + " days"
