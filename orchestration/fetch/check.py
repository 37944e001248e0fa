"""Asking one feed to see what would happen; nothing is landed and nothing remembered."""

from dataclasses import dataclass, replace

from orchestration.fetch.addresses import SYSTEM_NETWORK, Network
from orchestration.fetch.attempts import try_feed
from orchestration.fetch.client import Client
from orchestration.fetch.fetching import next_poll
from orchestration.fetch.memory import load_state
from orchestration.fetch.outcomes import SUCCESSES
from orchestration.fetch.politeness import HostTurns
from orchestration.fetch.schedule import Plan, is_free, plan_from
from orchestration.fetch.settings import FetchSettings
from orchestration.fetch.state import FeedState
from orchestration.fetch.timing import Clock
from orchestration.fetch.windows import Window
from orchestration.registry import FeedEntry
from warehouse.landing import Attempt, Landing, LandingError


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedCheck:
    """What one request to a feed showed."""

    feed_id: str
    summary: str
    """What a run would do now, in one sentence."""
    plan: Plan
    attempt: Attempt | None
    """The attempt as it would be landed; None when the feed was not asked."""
    window: Window | None
    """Title and entries, when a feed came."""
    is_new: bool
    """True when a run would land a new body."""

    @property
    def is_success(self) -> bool:
        """True when the feed can be followed as it is."""
        return self.attempt is not None and self.attempt.outcome in SUCCESSES


def check_feed(
    feed: FeedEntry,
    landing: Landing,
    settings: FetchSettings,
    now: Clock,
    *,
    turns: HostTurns | None = None,
    network: Network = SYSTEM_NETWORK,
) -> FeedCheck:
    """Return what came of asking a feed once, for its whole body; it must have a url.

    A host that told to stay away is not asked, not even for a check. Whoever checks several
    feeds passes the `turns` they share.
    """
    moment = now()
    try:
        state = load_state(feed, landing, settings)
    except LandingError as error:
        plan = Plan(feed_id=feed.id, is_due=False, due_at=None, due_reason=str(error))
        return _not_asked(plan, str(error))
    plan = plan_from(feed, state, moment, settings)
    if not is_free(plan, moment):
        until = f"{plan.held_until:%Y-%m-%d %H:%M} UTC"
        return _not_asked(plan, f"{plan.due_reason}, until {until}")
    whole = replace(plan, conditions=None)
    # Asked as if nothing were known, so that a window comes to be shown.
    client = Client(settings=settings, turns=turns, network=network)
    tried = try_feed(feed, whole, None, client, now)
    poll = next_poll(feed, state, tried, landing, settings)
    attempt = replace(tried.attempt, next_due_at=poll.due_at, due_reason=poll.reason)
    is_new = tried.body is not None and attempt.document_id != state.document_id
    if attempt.outcome == "ok" and not is_new:
        attempt = replace(attempt, outcome="unchanged")
    return FeedCheck(
        feed_id=feed.id,
        summary=_summary(plan, attempt, tried.window, state),
        plan=plan,
        attempt=attempt,
        window=tried.window,
        is_new=is_new,
    )


def _not_asked(plan: Plan, why: str) -> FeedCheck:
    return FeedCheck(
        feed_id=plan.feed_id,
        summary=f"not asked: {why}",
        plan=plan,
        attempt=None,
        window=None,
        is_new=False,
    )


def _summary(plan: Plan, attempt: Attempt, window: Window | None, state: FeedState) -> str:
    if attempt.outcome not in SUCCESSES:
        return f"would fail ({attempt.outcome}): {attempt.reason}"
    count = 0 if window is None else len(window.entries)
    if attempt.document_id == state.document_id:
        what = "nothing new: no body would be landed"
    else:
        what = f"a new body of {attempt.bytes} bytes with {count} entries would be landed"
    when = "" if plan.is_due else f"; not due before {plan.due_at:%Y-%m-%d %H:%M} UTC"
    moved = f"; {attempt.reason}" if attempt.reason else ""
    return f"{what}{when}{moved}"
