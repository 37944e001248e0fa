"""What a source of history is: a walk that asks for documents one after the other.

A walk knows nothing of landing, budgets and manners. It calls `ask`, which answers from what
has landed where that is possible; so the same walk, run again after a kill or a 429, goes
through what it had and on from there.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import ClassVar, Protocol

from orchestration.registry import FeedEntry
from transforms.listings import ListedPage


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """A document to ask for."""

    url: str
    is_wanted: Callable[[bytes], bool]
    """Tells the document from a page that comes in its place with status 200."""
    format: str | None = None
    """Format the landing names, for what cannot be recognised by content."""
    captured_at: datetime | None = None
    """When a web archive captured it, UTC; None for what is as it is now."""
    original_url: str | None = None
    """Address it was captured from."""
    is_window: bool = True
    """False for an older part of a feed: what it does not show has not vanished."""
    is_list: bool = False
    """True for what only tells how much there is: a dry run asks those."""
    is_lasting: bool = False
    """True for what stays as it is: asked once, ever. Else it is asked once in each walk."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """A document that came, now or in an earlier run."""

    url: str
    body: bytes


class Ask(Protocol):
    """How a walk asks."""

    def __call__(self, request: Request) -> Reply | None:
        """Return the document; None where there is none, or where a dry run does not ask.

        Raises WalkStopped when the walk cannot go on now.
        """

    def expect(self, count: int) -> None:
        """Hear how many requests the walk will make in all, as far as it knows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What a walk that came to its end knows."""

    listed: tuple[ListedPage, ...] = ()
    """Articles that exist, as far as the source tells."""
    proofs: tuple[str, ...] = ()
    """What shows that there is nothing else: sitemap, slug_chain, paging_end, complete_feed,
    overlapping_captures."""
    since: datetime | None = None
    """Begin of what the proofs speak of, UTC; None for the first article of all."""
    until: datetime | None = None
    """End of it, UTC; None for the beginning of the walk."""
    is_available: bool = True
    """False where the publication has no such source."""
    missing: tuple[str, ...] = field(default=())
    """Addresses of listed articles that could not be had."""


class Source(Protocol):
    """A place where old articles can be had."""

    name: ClassVar[str]
    platforms: ClassVar[frozenset[str]]
    """Publishing platforms it is for; empty for all."""
    spacing_seconds: ClassVar[float]
    """From the start of one request to the start of the next."""
    estimate: ClassVar[str]
    """How the count of a dry run is meant: `exactly`, `at least` or `at most`."""

    def walk(self, feed: FeedEntry, ask: Ask, /) -> Finding:
        """Ask for all there is, and return what that shows; raises WalkStopped."""


class WalkStopped(Exception):  # noqa: N818  a stop is an outcome, not always an error
    """A walk cannot go on now; the message says why, and when it can."""

    def __init__(self, message: str, *, outcome: str) -> None:
        super().__init__(message)
        self.outcome = outcome
        """budget, or the outcome of the attempt that ended it."""
