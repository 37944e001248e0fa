"""Adverts that nothing marks, in bodies with links: a stretch apart that pitches one company.

For publications that mark nothing. All of it must hold: the stretch stands apart (its own heading,
or rules around it), all its links lead to one company that the rest of the issue does not link
and does not speak of, and it reads like an advert. A link with paid campaign parameters makes
less tone enough, but only where the links around it have none.
"""

import re
from collections.abc import Sequence
from urllib.parse import parse_qsl, urlsplit

from transforms.lexicons.pitch_lexicon import PitchLexicon
from transforms.sponsors.page import Extent, Page
from transforms.sponsors.readings import EDITORIAL, Reading, read_blocks
from transforms.sponsors.stretches import MIN_STRETCHES, Stretch, find_stretches, is_apart

# Shorter stretches say too little, longer ones are articles.
MIN_WORDS = 18
MAX_WORDS = 220
# Where more of an issue's stretches read like adverts, that is how the publication writes.
MAX_FOUND = 2
MIN_CUES = 3
MIN_LINKS = 2
# Campaign parameters tell a link apart when at most this share of the others has any.
MAX_TRACKED_SHARE = 0.34
_SPEAKING = frozenset({"second-person", "your-team"})
_CALLING = frozenset({"call-to-action", "imperative", "invitation", "what-you-get", "free"})


def find_unmarked(page: Page) -> tuple[Extent, ...]:
    """Return the stretches of an issue without labels that are adverts nonetheless, in order."""
    lexicon = page.markers.pitch
    stretches = list(find_stretches(page))
    if len(stretches) < MIN_STRETCHES:
        return ()
    readings = read_blocks(page.blocks, lexicon)
    found = [
        extent
        for stretch in stretches
        if is_apart(stretch, stretches, page)
        and (extent := _read(stretch, stretches, readings, page))
    ]
    return tuple(found) if len(found) <= MAX_FOUND else ()


def _read(
    stretch: Stretch, stretches: Sequence[Stretch], readings: Sequence[Reading], page: Page
) -> Extent | None:
    own = readings[stretch.start : stretch.end]
    cues = dict.fromkeys(cue for reading in own for cue in reading.cues)
    words = sum(reading.words for reading in own)
    if not MIN_WORDS <= words <= MAX_WORDS or not _pitches(set(cues)):
        return None
    points = sum(reading.points for reading in own)
    lexicon = page.markers.pitch
    is_paid = _is_campaign(stretch, stretches, lexicon)
    # A digest links each item once, by its title; an advert says where to go once more.
    if not is_paid and len(stretch.urls) < MIN_LINKS and page.blocks[stretch.start].anchors:
        return None
    if points < (lexicon.least_campaign if is_paid else lexicon.least_apart):
        return None
    first = page.blocks[stretch.start]
    is_headed = first.kind == "heading"
    seen = f"stands apart and reads like an advert: {', '.join(cues)}"
    return Extent(
        start=stretch.start, end=stretch.end, label=None, named=None, has_head=is_headed,
        rule="paid-link" if is_paid else "pitch-apart",
        headline=first.text if is_headed else None,
        confidence=lexicon.campaign_confidence if is_paid else lexicon.confidence,
        seen=f"{seen}; paid campaign in its link" if is_paid else seen,
    )  # fmt: skip


def _pitches(cues: set[str]) -> bool:
    if cues & EDITORIAL - {"first-person"}:
        return False
    return bool(cues & _SPEAKING) and bool(cues & _CALLING) and len(cues) >= MIN_CUES


def _is_campaign(stretch: Stretch, stretches: Sequence[Stretch], lexicon: PitchLexicon) -> bool:
    """Tell paid campaign parameters, where most other stretches' links have none at all."""
    if not any(_parameters(url, lexicon.paid_parameter) for url in stretch.urls):
        return False
    others = [each for each in stretches if each is not stretch and each.urls]
    tracked = sum(any("utm_" in url for url in each.urls) for each in others)
    return tracked <= MAX_TRACKED_SHARE * len(others)


def _parameters(url: str, pattern: re.Pattern[str]) -> bool:
    try:
        pairs = parse_qsl(urlsplit(url).query)
    except ValueError:
        return False
    return any(name.startswith("utm_") and pattern.search(value) for name, value in pairs)
