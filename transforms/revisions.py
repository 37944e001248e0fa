"""Revisions: whether an article changed in a way that a reader would see, and in what."""

import hashlib
from collections.abc import Iterable, Sequence

from transforms.records import Link, SponsorPlacement
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
    urls = sorted({canonical_url(row.url) for row in links if row.role in _TELLING_ROLES})
    parts = ([title or ""], text.split(), paid, urls)
    return "".join(_hash(part) for part in parts)


def changed_parts(old: str, new: str) -> tuple[str, ...]:
    """Return which of title, body, sponsor and links differ between two content hashes."""
    return tuple(
        part
        for place, part in enumerate(_PARTS)
        if old[place * _PART_DIGITS :][:_PART_DIGITS] != new[place * _PART_DIGITS :][:_PART_DIGITS]
    )


def _hash(words: Iterable[str]) -> str:
    joined = "\n".join(words).encode("utf-8", "surrogatepass")
    return hashlib.sha256(joined).hexdigest()[:_PART_DIGITS]
