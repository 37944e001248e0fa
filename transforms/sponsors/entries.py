"""Whole entries that are advertisements: marked in their title, their author or a category."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from transforms.blocks import Block
from transforms.lexicons.sponsor_lexicon import MarkerLexicon
from transforms.sponsors.extents import Extent
from transforms.sponsors.names import clean_name

# "Acme: ship faster", "Acme — ship faster": the name before the promise.
_NAME_FIRST = re.compile(
    r"^(?P<name>[^:：–—|,]{2,40}?)\s*(?:[:：|]|,(?=\s(?:the|an?|your|our|now)\b)|\s[-–—]+\s)"
)


# Titles of posts are far shorter.
MAX_TITLE_CHARS = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryFacts:
    """What the feed says of an entry outside its body."""

    title: str | None = None
    authors: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    url: str | None = None
    is_capture: bool = False
    """True for texts that lost markup and links; what links tell elsewhere, words must tell."""


def find_entry_extent(
    blocks: Sequence[Block], markers: MarkerLexicon, entry: EntryFacts
) -> Extent | None:
    """Return the extent of an entry that is one advertisement from end to end, else None."""
    match = _first_match(markers.entry.titles, [_titled(entry)])
    by = match or _first_match(markers.entry.authors, entry.authors)
    by = by or _first_match(markers.entry.categories, entry.categories)
    if by is None:
        return None
    title = _titled(entry).strip()
    if match:
        title = (title[: match.start()] + title[match.end() :]).strip(" -–—|·:")
    return Extent(
        start=0,
        end=len(blocks),
        rule="entry",
        label=by.group(0).strip(" -–—|:") or by["label"],
        named=_name(by, title),
        headline=title or None,
        confidence=markers.entry.confidence,
        has_head=False,
    )


def _titled(entry: EntryFacts) -> str:
    """Return the title as far as one is read; a longer one is no title."""
    title = entry.title or ""
    return title if len(title) <= MAX_TITLE_CHARS else ""


def _first_match(patterns: Sequence[re.Pattern[str]], texts: Sequence[str]) -> re.Match[str] | None:
    return next(
        (match for text in texts for pattern in patterns if (match := pattern.search(text))), None
    )


def _name(match: re.Match[str], title: str) -> str | None:
    given = match.groupdict().get("name")
    if given:
        return clean_name(given)
    first = _NAME_FIRST.match(title)
    if first and len(first["name"].split()) <= 3:
        return clean_name(first["name"])
    return clean_name(title) if len(title.split()) <= 2 and "," not in title else None
