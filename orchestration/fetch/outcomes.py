"""What an answer means for the feed: one outcome, and a reason that names the cure."""

import hashlib
from dataclasses import dataclass, replace

from orchestration.fetch.bodies import FEED_KINDS, body_kind, describe_body
from orchestration.fetch.bot_walls import find_bot_wall
from orchestration.fetch.client import PERMANENT_STATUSES, Answer, Hop

SUCCESSES = frozenset({"ok", "unchanged", "moved"})
"""Outcomes that brought the feed, or the assurance that it has not changed."""

_REFUSALS = {
    401: "wants a login. Use the feed address that carries your own token, or remove the feed",
    402: "wants a payment. Remove the feed or subscribe and use your own address",
    403: "forbids the request. See in a browser whether the feed is still public; a contact in"
    " the user agent can help",
    407: "wants a proxy login. Fetch from a network without a proxy",
    451: "is not allowed to serve the feed here for legal reasons",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """The outcome of an attempt that was answered."""

    outcome: str
    reason: str | None = None
    feed_kind: str | None = None
    """rss, atom, rdf or json_feed when the body is a feed to keep; else None."""
    document_id: str | None = None
    """SHA-256 of that body."""


def judge(answer: Answer, latest_document_id: str | None) -> Verdict:
    """Return what an answer means, given the body that was seen last."""
    if answer.status == 304:
        return _judge_unmodified(answer)
    kind = body_kind(answer.body) if 200 <= answer.status < 300 else None
    if kind in FEED_KINDS:
        return _judge_feed(answer, kind, latest_document_id)
    wall = find_bot_wall(answer)
    if wall:
        return Verdict(
            outcome="blocked",
            reason=f"a wall against robots ({wall}) answered with status {answer.status}. Ask"
            " the publisher to let feed readers through; what was fetched before stays.",
        )
    if kind is not None:
        return Verdict(
            outcome="not_a_feed",
            reason=f"status {answer.status} brought {describe_body(answer.body, kind)} instead of"
            " a feed. Find the feed's address with `feedhouse feeds add` on the home page.",
        )
    return _judge_status(answer)


def _judge_unmodified(answer: Answer) -> Verdict:
    if not answer.was_conditional:
        return Verdict(
            outcome="server_error",
            reason="status 304 (not modified) to a request without validators. The host's fault;"
            " asked again later.",
        )
    return _moved(answer.hops) or Verdict(outcome="unchanged")


def _judge_feed(answer: Answer, kind: str, latest_document_id: str | None) -> Verdict:
    document_id = hashlib.sha256(answer.body).hexdigest()
    verdict = _moved(answer.hops) or Verdict(
        outcome="unchanged" if document_id == latest_document_id else "ok",
        reason=_downgrade(answer.hops),
    )
    return replace(verdict, feed_kind=kind, document_id=document_id)


def _moved(hops: tuple[Hop, ...]) -> Verdict | None:
    """Return the verdict for redirects that are all permanent; others are nobody's new address.

    From https to http is followed but never believed: whoever sits in between could say it.
    """
    if not hops or any(hop.status not in PERMANENT_STATUSES for hop in hops) or _downgrade(hops):
        return None
    return Verdict(
        outcome="moved",
        reason=f"moved for good to {hops[-1].location}; the new address is used after several"
        " polls agree. Set it as url in feeds.toml.",
    )


def _downgrade(hops: tuple[Hop, ...]) -> str | None:
    for hop in hops:
        if hop.url.lower().startswith("https:") and hop.location.lower().startswith("http:"):
            return f"redirected from https to unprotected {hop.location}; not remembered."
    return None


def _judge_status(answer: Answer) -> Verdict:
    status = answer.status
    if status == 404:
        return Verdict(
            outcome="not_found",
            reason="status 404: no feed at this address now. It is asked again ever more seldom;"
            " if it stays so, find its new address with `feedhouse feeds add` on the home page.",
        )
    if status == 410:
        return Verdict(
            outcome="gone",
            reason="status 410: the publisher says the feed is gone. It is asked once a week;"
            " set is_active = false to stop that.",
        )
    if status in {420, 429}:
        return Verdict(
            outcome="rate_limited",
            reason=f"status {status}: too many requests. Waited for as told; fewer feeds of this"
            " host, or runs further apart, help.",
        )
    if status >= 500:
        return Verdict(
            outcome="server_error",
            reason=f"status {status}: the host has trouble. Asked again later, nothing to do.",
        )
    if 300 <= status < 400:
        return Verdict(
            outcome="bad_redirect",
            reason=f"status {status} is no redirect that can be followed. Correct the url.",
        )
    told = _REFUSALS.get(status, "refuses the request. See whether a browser gets the feed")
    return Verdict(outcome="blocked", reason=f"status {status}: the host {told}.")
