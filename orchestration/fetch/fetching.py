"""A run over many feeds: due ones are asked side by side, every attempt is landed."""

import itertools
import queue
import threading
from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import datetime

from orchestration.fetch.addresses import SYSTEM_NETWORK, Network
from orchestration.fetch.attempts import Tried, try_feed
from orchestration.fetch.bodies import body_kind
from orchestration.fetch.client import Client
from orchestration.fetch.memory import load_state, remembered
from orchestration.fetch.outcomes import SUCCESSES
from orchestration.fetch.politeness import HostTurns
from orchestration.fetch.schedule import (
    NextPoll,
    Plan,
    Seen,
    is_free,
    next_poll_after_change,
    next_poll_after_failure,
    next_poll_after_no_change,
    plan_from,
)
from orchestration.fetch.settings import FetchSettings
from orchestration.fetch.state import FeedState, after
from orchestration.fetch.targets import TargetError, parse_target
from orchestration.fetch.timing import Clock
from orchestration.fetch.windows import Window, overlap_of, read_window
from orchestration.registry import FeedEntry
from warehouse.landing import Attempt, Landing, LandingError

DAMAGED_LANDING = "damaged_landing"
"""Outcome of a feed that was not asked; it is reported and never landed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Job:
    feed: FeedEntry
    state: FeedState
    plan: Plan


def plan_feeds(
    feeds: Iterable[FeedEntry], landing: Landing, settings: FetchSettings, now: datetime
) -> list[Plan]:
    """Return the plan of every followed feed, in the registry's order."""
    made = (_job(feed, landing, settings, now) for feed in feeds if _is_followed(feed))
    return [each.plan if isinstance(each, _Job) else _no_plan(each) for each in made]


def fetch_feeds(
    feeds: Iterable[FeedEntry],
    landing: Landing,
    settings: FetchSettings,
    now: Clock,
    on_result: Callable[[Attempt], None] | None = None,
    *,
    force: bool = False,
    network: Network = SYSTEM_NETWORK,
) -> list[Attempt]:
    """Ask the feeds that are due and land every attempt; return the attempts in feed order.

    `force` asks those not due yet as well, but none that a host told to stay away from.
    `on_result` is called in this thread as attempts end. A feed's failure is an attempt like
    any other; so is a damaged landing of a feed, which is not asked (and not landed to) until
    it is mended. What cannot be landed (a full disk) is raised. Whoever calls holds the
    writer's lock.
    """
    followed = [feed for feed in feeds if _is_followed(feed)]
    jobs = []
    made: dict[str, Attempt] = {}
    for job in (_job(feed, landing, settings, now()) for feed in followed):
        if not isinstance(job, _Job):
            made[job.feed_id] = job
        elif job.plan.is_due or (force and is_free(job.plan, now())):
            jobs.append(job)
    client = Client(
        settings=settings,
        turns=HostTurns(
            concurrency=settings.host_concurrency, spacing_seconds=settings.host_spacing_seconds
        ),
        network=network,
    )
    for attempt in itertools.chain(list(made.values()), _run(jobs, client, landing, now)):
        made[attempt.feed_id] = attempt
        if on_result is not None:
            on_result(attempt)
    return [made[feed.id] for feed in followed if feed.id in made]


def _is_followed(feed: FeedEntry) -> bool:
    return feed.url is not None and feed.is_active


def _job(
    feed: FeedEntry, landing: Landing, settings: FetchSettings, now: datetime
) -> _Job | Attempt:
    """Return what to do with a feed, or the failure to find that out."""
    try:
        state = load_state(feed, landing, settings)
    except LandingError as error:
        return Attempt(
            feed_id=feed.id, fetched_at=now, outcome=DAMAGED_LANDING, reason=f"not asked: {error}"
        )
    plan = plan_from(feed, state, now, settings)
    if state.document_id is not None and not landing.has_body(feed.id, state.document_id):
        # A body that was lost comes again only to those who do not say that they have it.
        plan = replace(plan, conditions=None)
    return _Job(feed=feed, state=state, plan=plan)


def _no_plan(failure: Attempt) -> Plan:
    return Plan(
        feed_id=failure.feed_id,
        is_due=False,
        due_at=None,
        due_reason=failure.reason or "",
        last=failure,
        failure_count=1,
    )


def _run(jobs: Sequence[_Job], client: Client, landing: Landing, now: Clock) -> Iterable[Attempt]:
    """Yield attempts as they end; jobs of one host share few threads, so none waits idle."""
    results: queue.SimpleQueue[Attempt | BaseException] = queue.SimpleQueue()
    stopped = threading.Event()

    def work_off(lane: deque[_Job]) -> None:
        while not stopped.is_set():
            try:
                job = lane.popleft()
            except IndexError:
                return
            try:
                results.put(_fetch(job, client, landing, now))
            except BaseException as error:  # noqa: BLE001  raised again by the main thread
                results.put(error)
                return

    hosts: dict[str, deque[_Job]] = defaultdict(deque)
    for job in jobs:
        hosts[_host(job.plan)].append(job)
    pool = ThreadPoolExecutor(client.settings.max_workers, thread_name_prefix="fetch")
    try:
        # The host with most feeds takes longest and begins first.
        for lane in sorted(hosts.values(), key=len, reverse=True):
            for _ in range(min(client.settings.host_concurrency, len(lane))):
                pool.submit(work_off, lane)
        for _ in jobs:
            result = results.get()
            if isinstance(result, BaseException):
                raise result
            yield result
    finally:
        stopped.set()
        pool.shutdown(cancel_futures=True)


def _host(plan: Plan) -> str:
    try:
        return parse_target(plan.request_url or "").host
    except TargetError:
        return ""


def _fetch(job: _Job, client: Client, landing: Landing, now: Clock) -> Attempt:
    """Make one attempt, plan the next, and land both with the body."""
    tried = try_feed(job.feed, job.plan, job.state.document_id, client, now)
    if tried.attempt.outcome == "rate_limited" and client.turns is not None:
        client.turns.slow_down(_host(job.plan))
    poll = next_poll(job.feed, job.state, tried, landing, client.settings)
    attempt = replace(tried.attempt, next_due_at=poll.due_at, due_reason=poll.reason)
    state = after(job.state, attempt, client.settings)
    return landing.land(replace(attempt, state=remembered(state)), tried.body)


def next_poll(
    feed: FeedEntry, state: FeedState, tried: Tried, landing: Landing, settings: FetchSettings
) -> NextPoll:
    """Return when and why to ask a feed again after an attempt that is not landed yet."""
    attempt = tried.attempt
    if attempt.outcome not in SUCCESSES:
        return next_poll_after_failure(
            feed.id, attempt.outcome, state.failure_count + 1, attempt, settings
        )
    if tried.window is None or attempt.document_id == state.document_id:
        return next_poll_after_no_change(feed.id, state, attempt, settings)
    seen = _seen(feed, state, tried.window, attempt.fetched_at, landing)
    return next_poll_after_change(feed.id, attempt, tried.window, settings, seen)


def _seen(
    feed: FeedEntry, state: FeedState, window: Window, now: datetime, landing: Landing
) -> Seen | None:
    """Return how a new window continues the one before; None without a readable one."""
    if state.document_id is None or state.success_at is None:
        return None
    body = landing.find_body(feed.id, state.document_id)
    if body is None:
        return None  # a lost or damaged one is reported where it is needed
    overlap = overlap_of(window, read_window(body, body_kind(body)))
    return None if overlap is None else Seen(overlap=overlap, elapsed=now - state.success_at)
