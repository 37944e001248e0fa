"""Platforms and how each of them writes a feed."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from orchestration.demo.dialects import atom, ghost, medium, substack, wordpress
from orchestration.demo.dialects.markup import rss_date
from orchestration.demo.newsroom.truth import FeedTruth
from orchestration.demo.newsroom.windows import (
    Listing,
    Publication,
    changed_at,
    window,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialect:
    """How a platform serves its feeds."""

    content_type: str
    """As the platform sends it; few of them send the registered one."""
    link_type: str
    """Type the home page announces the feed with."""
    channel: Callable[[FeedTruth, str, str], str]
    item: Callable[[Listing, FeedTruth], str]


RSS = "application/rss+xml"
DIALECTS: Mapping[str, Dialect] = {
    "substack": Dialect(
        content_type="application/xml; charset=utf-8",
        link_type=RSS,
        channel=substack.channel,
        item=substack.item,
    ),
    "ghost": Dialect(
        content_type="application/rss+xml; charset=utf-8",
        link_type=RSS,
        channel=ghost.channel,
        item=ghost.item,
    ),
    "medium": Dialect(
        content_type="text/xml; charset=UTF-8",
        link_type=RSS,
        channel=medium.channel,
        item=medium.item,
    ),
    "wordpress": Dialect(
        content_type="application/rss+xml; charset=UTF-8",
        link_type=RSS,
        channel=wordpress.channel,
        item=wordpress.item,
    ),
    "atom": Dialect(
        content_type="application/xml",
        link_type="application/atom+xml",
        channel=atom.channel,
        item=atom.item,
    ),
}


def render_feed(publication: Publication, moment: datetime) -> bytes:
    """Return the bytes of a publication's feed at a moment; the same while nothing changes."""
    truth = publication.truth
    dialect = DIALECTS[truth.platform]
    items = "".join(dialect.item(listing, truth) for listing in window(publication, moment))
    changed = changed_at(publication, moment)
    stamp = (
        atom.local_stamp(changed, truth.timezone) if truth.platform == "atom" else rss_date(changed)
    )
    return dialect.channel(truth, stamp, items).encode()
