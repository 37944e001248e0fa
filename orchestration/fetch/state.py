"""What is known of a feed after its attempts: a fold over the landing."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from orchestration.fetch.client import Conditions
from orchestration.fetch.outcomes import SUCCESSES
from orchestration.fetch.settings import FetchSettings
from orchestration.fetch.targets import plain_url
from orchestration.registry import FeedEntry
from warehouse.landing import Attempt

MAX_FAILURES_AT_NEW_URL = 5
"""A remembered new address that fails so often in a row is given up for the registered one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """A permanent redirect, and how often in a row it was seen."""

    url: str
    count: int
    first_seen_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedState:
    """A feed between two polls. Times are UTC."""

    registered_url: str
    request_url: str
    """Where to ask: the registered address, or the one it moved to for good."""
    last: Attempt | None = None
    failure_count: int = 0
    """Failures in a row, up to the last attempt."""
    conditions: Conditions | None = None
    """Validators of the last body, verbatim, and the address that gave them."""
    full_fetch_at: datetime | None = None
    """Last time a whole body came."""
    success_at: datetime | None = None
    """Last time the feed came, or the assurance that it had not changed."""
    document_id: str | None = None
    """Body that came last."""
    changed_at: datetime | None = None
    """When a body came that differed from the one before."""
    rhythm_wait: timedelta | None = None
    rhythm_reason: str | None = None
    """The wait that was chosen at `changed_at`, from the rhythm that body showed."""
    move: Move | None = None


def read_state(feed: FeedEntry, attempts: Iterable[Attempt], settings: FetchSettings) -> FeedState:
    """Return the state of a feed from all its attempts, oldest first; the feed has a url.

    Imports of files, and attempts at an address the registry no longer names, say nothing
    about how the present one behaves and are passed over: a corrected url starts afresh.
    """
    url = plain_url(feed.url or "")
    state = FeedState(registered_url=url, request_url=url)
    for attempt in attempts:
        if attempt.request_url == state.request_url:
            state = after(state, attempt, settings)
    return state


def after(state: FeedState, attempt: Attempt, settings: FetchSettings) -> FeedState:
    """Return the state after one more attempt at its `request_url`."""
    if attempt.outcome not in SUCCESSES:
        return _after_failure(state, attempt)
    state = replace(state, last=attempt, failure_count=0, success_at=attempt.fetched_at)
    state = _with_move(state, attempt, settings)
    if attempt.http_status == 304:
        return replace(state, conditions=_refreshed(state.conditions, attempt))
    is_new = attempt.document_id != state.document_id
    state = replace(
        state,
        conditions=_conditions(attempt),
        full_fetch_at=attempt.fetched_at,
        document_id=attempt.document_id,
    )
    if not is_new:
        return state
    due_at = attempt.next_due_at
    return replace(
        state,
        changed_at=attempt.fetched_at,
        rhythm_wait=None if due_at is None else due_at - attempt.fetched_at,
        rhythm_reason=attempt.due_reason,
    )


def _after_failure(state: FeedState, attempt: Attempt) -> FeedState:
    failed = replace(state, last=attempt, failure_count=state.failure_count + 1)
    has_moved = state.request_url != state.registered_url
    if has_moved and failed.failure_count >= MAX_FAILURES_AT_NEW_URL:
        return replace(failed, request_url=state.registered_url, move=None)
    return failed


def _with_move(state: FeedState, attempt: Attempt, settings: FetchSettings) -> FeedState:
    """Count a permanent redirect; after enough polls over enough time, go there directly."""
    if attempt.outcome != "moved" or attempt.final_url is None:
        return replace(state, move=None)
    move = Move(url=attempt.final_url, count=1, first_seen_at=attempt.fetched_at)
    if state.move is not None and state.move.url == move.url:
        move = replace(state.move, count=state.move.count + 1)
    span = attempt.fetched_at - move.first_seen_at
    if move.count >= settings.move_polls and span >= settings.move_span:
        return replace(state, request_url=move.url, move=None)
    return replace(state, move=move)


def _conditions(attempt: Attempt) -> Conditions | None:
    validators = (("If-None-Match", attempt.etag), ("If-Modified-Since", attempt.last_modified))
    headers = tuple((name, value) for name, value in validators if value)
    if not headers or attempt.final_url is None:
        return None
    return Conditions(url=attempt.final_url, headers=headers)


def _refreshed(held: Conditions | None, attempt: Attempt) -> Conditions | None:
    """Return validators with those a 304 brought anew (RFC 9111, section 4.3.4)."""
    brought = _conditions(attempt)
    if held is None or brought is None:
        return held
    return replace(held, headers=tuple({**dict(held.headers), **dict(brought.headers)}.items()))
