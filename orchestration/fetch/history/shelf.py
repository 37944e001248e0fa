"""What history has landed already, by source and address, so that nothing is asked twice."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from orchestration.fetch.history.source import Request
from orchestration.fetch.targets import plain_url
from warehouse.landing import Attempt, Landing

Land = Callable[[Attempt, bytes | None], Attempt]
"""Keeps an attempt with its body; whoever calls sees to it that nobody else writes."""

LANDED = "imported"
"""Outcome of a document of history. It is no look at the feed as it is now, as `ok` would be."""
SETTLED_STATUSES = frozenset({400, 404, 410})
"""Asking again brings the same: nobody at home, or a question that is not understood."""
_GONE = frozenset({"not_found", "gone"})


class Shelf:
    """The landed history of a feed. A closing line ends a walk: the next one asks anew."""

    def __init__(self, feed_id: str, landing: Landing) -> None:
        self.feed_id = feed_id
        self.landing = landing
        self._open: dict[str, dict[str, Attempt]] = defaultdict(dict)
        self._lasting: dict[str, dict[str, Attempt]] = defaultdict(dict)
        self._last: dict[str, Attempt] = {}
        self._moments: set[datetime] = set()
        self.closings: dict[str, Attempt] = {}
        self.note(landing.attempts(feed_id, on_damage=lambda _: None))

    def note(self, attempts: Iterable[Attempt]) -> None:
        """Take in attempts in their order; those of no source of history are passed over."""
        for attempt in attempts:
            self._moments.add(attempt.fetched_at)
            source = attempt.options.get("source")
            if source is None:
                continue
            self._last[source] = attempt
            if "completeness" in attempt.options:
                self._open[source].clear()
                self.closings[source] = attempt
                continue
            url = attempt.source_uri or ""
            if attempt.document_id or attempt.outcome in _GONE:
                self._lasting[source][url] = attempt
            if attempt.document_id or attempt.http_status in SETTLED_STATUSES | {200}:
                self._open[source][url] = attempt

    def settled(self, source: str, request: Request) -> Attempt | None:
        """Return the attempt that answers a request already; None when it must be asked.

        A body that is gone or damaged answers nothing.
        """
        shelf = self._lasting if request.is_lasting else self._open
        attempt = shelf[source].get(plain_url(request.url))
        if attempt is None or attempt.document_id is None:
            return attempt
        has_body = self.landing.has_body(self.feed_id, attempt.document_id)
        return attempt if has_body else None

    def free_moment(self, moment: datetime) -> datetime:
        """Return a moment no other attempt has: archives tell seconds, and robots are quicker."""
        while moment in self._moments:
            moment += timedelta(microseconds=1)
        return moment

    def body(self, attempt: Attempt) -> bytes | None:
        """Return the body an attempt brought; None when it brought none."""
        if attempt.document_id is None:
            return None
        return self.landing.find_body(self.feed_id, attempt.document_id)

    def stay_away_until(self, source: str) -> datetime | None:
        """Return until when a source's host said not to come back, UTC; None when it did not."""
        last = self._last.get(source)
        return last.next_due_at if last is not None else None
