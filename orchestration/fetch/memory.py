"""The state of a feed from one run to the next, in the line of its last attempt.

Each attempt is landed with the state it left, so that planning reads the last line of a feed,
however long its story is. Nothing depends on it: where it is missing, of another version or
for another address, the whole story is folded again (`state`).
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from orchestration.fetch.client import Conditions
from orchestration.fetch.settings import FetchSettings
from orchestration.fetch.state import FeedState, Move, read_state
from orchestration.fetch.targets import plain_url
from orchestration.registry import FeedEntry
from warehouse.landing import Attempt, Landing, LandingError

STATE_VERSION = 1
"""Of the fold and of how it is written down; one more when either changes."""


def load_state(feed: FeedEntry, landing: Landing, settings: FetchSettings) -> FeedState:
    """Return the state of a feed; the feed has a url. Cost does not grow with its attempts.

    Raises LandingError when the newest attempt cannot be read: whether the host said to stay
    away is not known then. A damaged older line is passed over, as if it had been deleted.
    """
    url = plain_url(feed.url or "")
    for attempt in landing.newest_attempts(feed.id):
        if attempt.request_url is None:
            continue  # an imported file
        state = _recalled(attempt, url)
        if state is not None:
            return state
        break
    return read_state(feed, landing.attempts(feed.id, on_damage=_pass_over), settings)


def remembered(state: FeedState) -> dict[str, Any]:
    """Return a state as JSON values, without its last attempt: that is the line it stands in."""
    conditions, move = state.conditions, state.move
    return {
        "version": STATE_VERSION,
        "registered_url": state.registered_url,
        "request_url": state.request_url,
        "failure_count": state.failure_count,
        "conditions": conditions and [conditions.url, *map(list, conditions.headers)],
        "full_fetch_at": _text(state.full_fetch_at),
        "success_at": _text(state.success_at),
        "document_id": state.document_id,
        "changed_at": _text(state.changed_at),
        "rhythm_seconds": None if state.rhythm_wait is None else state.rhythm_wait.total_seconds(),
        "rhythm_reason": state.rhythm_reason,
        "move": move and [move.url, move.count, _text(move.first_seen_at)],
    }


def brought_new_body(attempt: Attempt) -> bool:
    """Return whether a fetched attempt brought a body that differs from the one before."""
    changed_at = (attempt.state or {}).get("changed_at")
    return changed_at is not None and _moment(changed_at) == attempt.fetched_at


def _recalled(attempt: Attempt, registered_url: str) -> FeedState | None:
    """Return the state an attempt was landed with; None when there is none of use."""
    held = attempt.state
    try:
        if held is None or held["version"] != STATE_VERSION:
            return None
        return _state(held, attempt) if held["registered_url"] == registered_url else None
    except (KeyError, TypeError, ValueError):
        return None


def _state(held: Mapping[str, Any], attempt: Attempt) -> FeedState:
    conditions, move, seconds = held["conditions"], held["move"], held["rhythm_seconds"]
    return FeedState(
        registered_url=held["registered_url"],
        request_url=held["request_url"],
        last=attempt,
        failure_count=held["failure_count"],
        conditions=conditions
        and Conditions(
            url=conditions[0], headers=tuple((name, value) for name, value in conditions[1:])
        ),
        full_fetch_at=_moment(held["full_fetch_at"]),
        success_at=_moment(held["success_at"]),
        document_id=held["document_id"],
        changed_at=_moment(held["changed_at"]),
        rhythm_wait=None if seconds is None else timedelta(seconds=seconds),
        rhythm_reason=held["rhythm_reason"],
        move=move
        and Move(url=move[0], count=move[1], first_seen_at=datetime.fromisoformat(move[2])),
    )


def _text(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()


def _moment(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)


def _pass_over(_error: LandingError) -> None:
    """Damaged lines are told where all attempts are read, for the tables."""
