"""One attempt at one feed: asked, judged, and written up as the landing will keep it."""

from dataclasses import dataclass, replace

from orchestration.fetch.client import Answer, Client, fetch_url
from orchestration.fetch.errors import FetchError
from orchestration.fetch.outcomes import judge
from orchestration.fetch.schedule import Plan
from orchestration.fetch.targets import plain_url
from orchestration.fetch.timing import Clock, Stopwatch
from orchestration.fetch.windows import Window, read_window
from orchestration.registry import FeedEntry
from warehouse.landing import Attempt


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """An attempt and what it brought."""

    attempt: Attempt
    body: bytes | None = None
    """The body when it is a feed; whatever else came is told by the attempt's reason."""
    window: Window | None = None
    """What that body shows."""


def try_feed(
    feed: FeedEntry, plan: Plan, latest_document_id: str | None, client: Client, now: Clock
) -> Tried:
    """Ask a feed as planned and return what came of it. Never raises for what a host does."""
    stopwatch = Stopwatch(now)
    attempt = Attempt(
        feed_id=feed.id,
        fetched_at=now(),
        outcome="unreachable",
        request_url=plan.request_url,
        source_uri=plan.request_url,
    )
    try:
        answer = fetch_url(
            client,
            _address(feed, plan),
            conditions=plan.conditions,
            allow_private=feed.allow_private,
            user_agent=feed.user_agent,
            stopwatch=stopwatch,
        )
        tried = _judged(attempt, answer, latest_document_id)
    except FetchError as error:
        failed = replace(attempt, outcome=error.outcome, reason=str(error))
        tried = Tried(attempt=replace(failed, http_status=error.http_status, final_url=error.url))
    except Exception as error:  # noqa: BLE001  one feed must never end the run of the others
        reason = f"unexpected {type(error).__name__}: {error}. Please report this with the url."
        tried = Tried(attempt=replace(attempt, reason=reason))
    timed = replace(
        tried.attempt,
        fetched_at=stopwatch.begun_at or attempt.fetched_at,
        answered_at=now(),
        duration_ms=round(stopwatch.seconds * 1000),
    )
    return replace(tried, attempt=timed)


def _address(feed: FeedEntry, plan: Plan) -> str:
    """Return the planned address, with the credentials that stand in the registry for it."""
    registered, planned = feed.url or "", plan.request_url or ""
    return registered if plain_url(registered) == planned else planned


def _judged(attempt: Attempt, answer: Answer, latest_document_id: str | None) -> Tried:
    verdict = judge(answer, latest_document_id)
    attempt = replace(
        attempt,
        outcome=verdict.outcome,
        reason=verdict.reason,
        http_status=answer.status,
        final_url=answer.url,
        bytes=len(answer.body) or None,
        etag=answer.headers.get("etag"),
        last_modified=answer.headers.get("last-modified"),
        content_type=answer.headers.get("content-type"),
        headers=answer.headers,
        document_id=verdict.document_id,
    )
    if verdict.feed_kind is None:
        return Tried(attempt=attempt)
    is_new = verdict.document_id != latest_document_id
    window = read_window(answer.body, verdict.feed_kind) if is_new else None
    return Tried(attempt=attempt, body=answer.body, window=window)
