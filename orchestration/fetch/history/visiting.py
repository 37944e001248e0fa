"""Asking for the documents of one walk: from the landing, or from the host, politely."""

import time
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from orchestration.fetch.bot_walls import find_bot_wall
from orchestration.fetch.client import Answer, Client, fetch_url
from orchestration.fetch.errors import FetchError
from orchestration.fetch.hints import retry_after
from orchestration.fetch.history.settings import HistorySettings
from orchestration.fetch.history.shelf import LANDED, SETTLED_STATUSES, Land, Shelf
from orchestration.fetch.history.source import Reply, Request, WalkStopped
from orchestration.fetch.outcomes import judge
from orchestration.fetch.politeness import HostTurns
from orchestration.fetch.targets import parse_target, plain_url
from orchestration.fetch.timing import Clock
from orchestration.registry import FeedEntry
from warehouse.landing import Attempt

_WAITING = frozenset({"rate_limited", "server_error", "timeout", "unreachable"})
"""Outcomes that may be over soon."""
_OWN_FAULT = frozenset({"not_a_feed", "too_large", "bad_redirect"})
"""Outcomes that are one document's own; the walk goes on without it."""
_LONGEST_BACKOFF = timedelta(days=1)
_MOST_FAILED_IN_A_ROW = 3
"""One document that a host cannot serve is passed over; so many in a row are a host in trouble."""


@dataclass(slots=True)
class Budget:
    """Requests that a run may still make; shared by its walks."""

    left: int | None = None

    def spend(self) -> None:
        """Take one request; raises WalkStopped when none is left."""
        if self.left is not None:
            if self.left <= 0:
                raise WalkStopped(
                    "the budget of requests is spent; run it again to go on from here",
                    outcome="budget",
                )
            self.left -= 1


@dataclass(slots=True, kw_only=True)
class Counts:
    """What a walk did."""

    requests: int = 0
    landed: int = 0
    """Documents that came in this run."""
    reused: int = 0
    """Documents and refusals that earlier runs had landed."""
    failed: int = 0
    """Documents that a host in trouble did not serve; another run asks for them again."""
    planned: int = 0
    """Documents that a dry run would ask for."""
    expected: int | None = None


@dataclass(slots=True, kw_only=True)
class Visit:
    """One walk's way of asking (`source.Ask`)."""

    feed: FeedEntry
    source: str
    turns: HostTurns
    shelf: Shelf
    land: Land
    settings: HistorySettings
    budget: Budget
    now: Clock
    counts: Counts = field(default_factory=Counts)
    _failed_in_a_row: int = 0

    def expect(self, count: int) -> None:
        """Hear how many documents there are in all."""
        self.counts.expected = max(count, self.counts.expected or 0)

    def __call__(self, request: Request) -> Reply | None:
        """Return a document; see `source.Ask`."""
        settled = self.shelf.settled(self.source, request)
        if settled is not None:
            self.counts.reused += 1
            body = self.shelf.body(settled)
            return None if body is None else Reply(url=request.url, body=body)
        if self.settings.is_dry and not request.is_list:
            self.counts.planned += 1
            return None
        reply = self._ask(request)
        done = self.counts.landed + self.counts.reused
        self.settings.on_progress(self.source, done, self.counts.expected)
        return reply

    def _ask(self, request: Request) -> Reply | None:
        self._check_welcome()
        for number in range(1, self.settings.max_tries + 1):
            self.budget.spend()
            self.counts.requests += 1
            attempt, body = self._attempt(request)
            wait = self._wait_after(attempt, number)
            is_last = number == self.settings.max_tries
            if wait is None:
                self._failed_in_a_row = 0
                self._keep(attempt, body)
                return None if body is None else Reply(url=request.url, body=body)
            if is_last and self._is_passed_over(attempt):
                break
            if is_last or wait.total_seconds() > self.settings.patience_seconds:
                attempt = replace(attempt, next_due_at=self.now() + wait)
                self._keep(attempt, None)
                raise WalkStopped(_story(attempt), outcome=attempt.outcome)
            self._keep(attempt, None)
            self.settings.sleep(wait.total_seconds())
        return None

    def _is_passed_over(self, attempt: Attempt) -> bool:
        """Tell whether to go on without a document its host has trouble with, and note it."""
        self._failed_in_a_row += 1
        is_trouble = attempt.outcome in {"server_error", "timeout"}
        if not is_trouble or self._failed_in_a_row >= _MOST_FAILED_IN_A_ROW:
            return False
        self.counts.failed += 1
        self._keep(attempt, None)
        return True

    def _check_welcome(self) -> None:
        until = self.shelf.stay_away_until(self.source)
        if until is not None and until > self.now():
            raise WalkStopped(
                f"the host said to stay away until {until:%Y-%m-%d %H:%M} UTC; run it again then",
                outcome="rate_limited",
            )

    def _attempt(self, request: Request) -> tuple[Attempt, bytes | None]:
        """Return one attempt, written up, and the body when it is what was asked for."""
        begun, clock = self.now(), time.monotonic()
        body: bytes | None = None
        attempt = Attempt(
            feed_id=self.feed.id,
            fetched_at=begun,
            outcome="unreachable",
            source_uri=plain_url(request.url),
            options=self._options(request),
        )
        try:
            answer = fetch_url(
                self._client,
                request.url,
                allow_private=self.feed.allow_private,
                user_agent=self.feed.user_agent,
            )
            attempt, body = _judged(attempt, answer, request, begun)
        except FetchError as error:
            attempt = replace(
                attempt,
                outcome=error.outcome,
                reason=str(error),
                http_status=error.http_status,
                final_url=error.url,
            )
        lasted = round((time.monotonic() - clock) * 1000)
        return replace(attempt, answered_at=self.now(), duration_ms=lasted), body

    def _options(self, request: Request) -> dict[str, str]:
        named = {
            "source": self.source,
            "format": request.format,
            "original_url": request.original_url,
            "is_window": None if request.is_window else "false",
        }
        return {name: text for name, text in named.items() if text}

    def _wait_after(self, attempt: Attempt, number: int) -> timedelta | None:
        """Return how long to wait before the next try; None when there is to be none.

        Raises WalkStopped, with the attempt landed, where the host does not want us at all.
        """
        if attempt.outcome in _WAITING:
            told = retry_after(attempt.headers, self.now())
            if attempt.outcome == "rate_limited":
                self.turns.slow_down(parse_target(attempt.source_uri or "").host)
            own = timedelta(seconds=self.settings.backoff_seconds * 2 ** (number - 1))
            return min(told or own, _LONGEST_BACKOFF)
        is_settled = attempt.http_status in SETTLED_STATUSES or attempt.outcome in _OWN_FAULT
        if attempt.outcome == LANDED or is_settled:
            return None
        self._keep(attempt, None)
        raise WalkStopped(_story(attempt), outcome=attempt.outcome)

    def _keep(self, attempt: Attempt, body: bytes | None) -> None:
        """Land an attempt; a dry run leaves no trace."""
        if attempt.outcome == LANDED:
            self.counts.landed += 1
        if self.settings.is_dry:
            return
        attempt = replace(attempt, fetched_at=self.shelf.free_moment(attempt.fetched_at))
        self.shelf.note([self.land(attempt, body)])

    @property
    def _client(self) -> Client:
        return Client(settings=self.settings.fetch, turns=self.turns, network=self.settings.network)


def _judged(
    attempt: Attempt, answer: Answer, request: Request, begun: datetime
) -> tuple[Attempt, bytes | None]:
    told = replace(
        attempt,
        http_status=answer.status,
        final_url=answer.url,
        etag=answer.headers.get("etag"),
        last_modified=answer.headers.get("last-modified"),
        content_type=answer.headers.get("content-type"),
        headers=answer.headers,
    )
    if 200 <= answer.status < 300 and request.is_wanted(answer.body):
        landed = replace(told, outcome=LANDED, fetched_at=request.captured_at or begun)
        return landed, answer.body
    wall = find_bot_wall(answer)
    verdict = judge(answer, None)
    if 200 <= answer.status < 300 and wall is None:
        # A feed where a post was asked for is an answer to another question, as a page is.
        reason = f"status {answer.status} brought something else than {request.url} should be"
        return replace(told, outcome="not_a_feed", reason=reason), None
    return replace(told, outcome=verdict.outcome, reason=verdict.reason), None


def _story(attempt: Attempt) -> str:
    until = attempt.next_due_at
    when = f" Run it again after {until:%Y-%m-%d %H:%M} UTC to go on from here." if until else ""
    return f"{attempt.source_uri}: {attempt.reason}{when}"
