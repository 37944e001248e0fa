"""Revisions: whether an article changed in a way that a reader would see, and in what."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import replace

from transforms.records import ArticleRevision, Link, SponsorPlacement
from transforms.urls import canonical_url

_PARTS = ("title", "body", "sponsor", "links")
_PART_DIGITS = 16
# Roles of links that say something; pictures are re-signed by their hosts at every fetch.
_TELLING_ROLES = frozenset({"sponsor", "house", "reference", "internal", "social", "body"})


def content_hash(
    title: str | None, text: str, placements: Sequence[SponsorPlacement], links: Sequence[Link]
) -> str:
    """Return 64 hex digits: 16 each of the SHA-256 of title, body, sponsors and links.

    Hashed in parts, so that two hashes alone tell what changed. Links count by canonical
    address, so that renewed tracking tokens are no change; placements by their copy, so that a
    rule that names a sponsor better is none.
    """
    paid = (row.copy_hash for row in placements)
    urls = _telling_urls(links)
    parts = ([title or ""], text.split(), paid, urls)
    return "".join(_hash(part) for part in parts)


def changed_parts(old: str, new: str) -> tuple[str, ...]:
    """Return which of title, body, sponsor and links differ between two content hashes."""
    return tuple(
        part
        for place, part in enumerate(_PARTS)
        if old[place * _PART_DIGITS :][:_PART_DIGITS] != new[place * _PART_DIGITS :][:_PART_DIGITS]
    )


def with_state_before(
    revision: ArticleRevision,
    text: str,
    placements: Iterable[SponsorPlacement],
    links: Iterable[Link],
) -> ArticleRevision:
    """Return a revision with what its article held until then, of the parts that changed.

    Only of those, so that an edited title does not keep the text once more.
    """
    changes = revision.changes
    return replace(
        revision,
        text_before=text if "body" in changes else None,
        copies_before=tuple(row.copy_text for row in placements) if "sponsor" in changes else None,
        links_before=tuple(_telling_urls(links)) if "links" in changes else None,
    )


def _telling_urls(links: Iterable[Link]) -> list[str]:
    return sorted({canonical_url(row.url) for row in links if row.role in _TELLING_ROLES})


def _hash(words: Iterable[str]) -> str:
    joined = "\n".join(words).encode("utf-8", "surrogatepass")
    return hashlib.sha256(joined).hexdigest()[:_PART_DIGITS]
