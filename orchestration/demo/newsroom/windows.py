"""What a feed shows at a moment, and the moments at which somebody has to look."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from orchestration.demo.newsroom.desk import Post
from orchestration.demo.newsroom.truth import FeedTruth

WINDOW = 20
"""Entries a feed shows, as Substack's does."""


@dataclass(frozen=True, slots=True)
class Listing:
    """An entry of a feed as it stands at a moment."""

    post: Post
    is_repeat: bool = False
    """True for the mistaken second listing of a post."""
    is_revised: bool = False
    """True once the post shows its corrected text."""
    is_secure: bool = True
    """True where the feed writes https addresses."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Publication:
    """A publication with everything it will ever publish, oldest first."""

    truth: FeedTruth
    posts: tuple[Post, ...]

    @property
    def listings(self) -> tuple[Listing, ...]:
        """Return the entries of its feed over all time, oldest first."""
        return tuple(_listings(self.posts))


def window(publication: Publication, moment: datetime) -> tuple[Listing, ...]:
    """Return the entries the feed shows at a moment, newest first, at most a window of them."""
    listings = publication.listings
    end = bisect_right(listings, moment, key=lambda each: each.post.truth.published_at)
    secured_at = _secured_at(publication.truth)
    is_secure = secured_at is None or secured_at <= moment
    return tuple(
        replace(each, is_revised=_is_revised(each.post, moment), is_secure=is_secure)
        for each in reversed(listings[max(0, end - WINDOW) : end])
    )


def changed_at(publication: Publication, moment: datetime) -> datetime:
    """Return when the feed last changed before a moment, UTC."""
    shown = [listing.post.truth for listing in window(publication, moment)]
    moments = [
        publication.posts[0].truth.published_at,
        *(post.published_at for post in shown),
        *(post.revised_at for post in shown if post.revised_at is not None),
        _secured_at(publication.truth),
    ]
    seen = (each for each in moments if each is not None and each <= moment)
    return max(seen, default=moment)


def covering_moments(
    publications: Sequence[Publication], stops: Sequence[datetime]
) -> tuple[datetime, ...]:
    """Return the fewest moments at which every window is seen, the given stops among them.

    Each window overlaps the one before it by an entry at least: without an overlap nobody can
    tell a complete record from one with a gap. Greedy is optimal here: waiting as long as
    possible never makes a later window larger.
    """
    times = [
        [each.post.truth.published_at for each in publication.listings]
        for publication in publications
    ]
    moments: list[datetime] = []
    while not moments or moments[-1] < stops[-1]:
        last = moments[-1] if moments else None
        limit = min(_latest_without_loss(each, last, stops[-1]) for each in times)
        next_stop = next(stop for stop in stops if last is None or stop > last)
        moments.append(min(limit, next_stop))
    return tuple(moments)


def _latest_without_loss(
    times: Sequence[datetime], last: datetime | None, end: datetime
) -> datetime:
    seen = 0 if last is None else bisect_right(times, last)
    room = WINDOW if seen == 0 else WINDOW - 1
    if seen + room >= len(times):
        return end
    return times[seen + room] - timedelta(minutes=1)


def _listings(posts: Sequence[Post]) -> Iterator[Listing]:
    for post in posts:
        yield Listing(post)
        if post.repeat_url is not None:
            yield Listing(post, is_repeat=True)


def _is_revised(post: Post, moment: datetime) -> bool:
    return post.truth.revised_at is not None and post.truth.revised_at <= moment


def _secured_at(truth: FeedTruth) -> datetime | None:
    day = truth.secure_since
    return None if day is None else datetime(day.year, day.month, day.day, tzinfo=UTC)
