"""Where paid blocks stand in an article, from the first label to the last."""

from collections.abc import Sequence
from dataclasses import replace

from transforms.blocks import lines_of
from transforms.lexicons.sponsor_lexicon import MarkerLexicon, name_key
from transforms.sponsors.carriers import CARRIERS
from transforms.sponsors.copy_end import find_copy_end
from transforms.sponsors.footnotes import find_footnoted
from transforms.sponsors.page import Extent, Page

__all__ = ["Extent", "Page", "find_extents"]

# An issue has few sponsors; weak labels beyond that many are of something else.
MAX_WEAK_LABELS = 2


def find_extents(page: Page) -> tuple[Extent, ...]:
    """Return the paid blocks of an article in order; only those of one label share blocks.

    A label makes one; without a label a heading that is nothing but a campaign link does.
    """
    found: list[Extent] = []
    footnoted = find_footnoted(page) if page.has_links else {}
    place = 0
    while place < len(page.blocks):
        floor = found[-1].end if found else 0
        made = footnoted.get(place)
        if made is None:
            made = _within(page, place) or _at(page, place, floor)
        found.extend(made)
        place = max([place + 1, *(extent.end for extent in made)])
    return _without_repeats(_without_listings(found, page.markers))


def _at(page: Page, place: int, floor: int) -> tuple[Extent, ...]:
    hit = page.label_at(place)
    made = CARRIERS[hit.rule.carrier](page, place, hit, floor) if hit else ()
    if made or not _is_campaign_heading(page, place):
        return made
    campaign = Extent(
        start=place, end=find_copy_end(page, place), rule="campaign-heading", label=None,
        named=None, headline=page.blocks[place].text, confidence=0.9,
        seen="a heading that is a campaign link",
    )  # fmt: skip
    return (campaign,)


def _within(page: Page, place: int) -> tuple[Extent, ...]:
    """Return the placements among the lines of one block, as show notes write them."""
    block = page.blocks[place]
    if not block.breaks or not page.markers.triggers.kinds_in(block.text):
        return ()
    lines = lines_of(block)
    inner = find_extents(replace(page, blocks=lines, found={}))
    paid = {number for extent in inner for number in range(extent.start, extent.end)}
    return tuple(
        replace(
            extent, start=place, end=place + 1, is_inside=len(paid) < len(lines),
            lines=extent.lines or tuple(lines[extent.start : extent.end]),
        )
        for extent in inner
    )  # fmt: skip


def _is_campaign_heading(page: Page, place: int) -> bool:
    block = page.blocks[place]
    is_heading = block.kind == "heading" and block.is_linked_only
    return is_heading and all(page.is_campaign(anchor.url) for anchor in block.anchors)


def _without_listings(extents: Sequence[Extent], markers: MarkerLexicon) -> list[Extent]:
    """Leave out weak labels that come again and again: "Presented by" under each talk of many.

    What is set in capitals is a label each time, and one sponsor may be named twice.
    """
    weak = {label.id for label in markers.labels if label.is_weak}
    doubtful = [each for each in extents if each.rule in weak and not (each.label or "").isupper()]
    names = {name_key(each.named or "") or each.start for each in doubtful}
    if len(names) <= MAX_WEAK_LABELS:
        return list(extents)
    left_out = {id(each) for each in doubtful}
    return [each for each in extents if id(each) not in left_out]


def _without_repeats(extents: Sequence[Extent]) -> tuple[Extent, ...]:
    """Leave out the titles of a table of contents that name a placement further down."""
    titles = [(extent.headline or "").casefold() for extent in extents]
    kept: list[Extent] = []
    longest: dict[str, int] = {}  # of those further down, by title
    for title, extent in zip(reversed(titles), reversed(extents), strict=True):
        size = extent.end - extent.start
        if not title or size > 1 or longest.get(title, 0) <= size:
            kept.append(extent)
        longest[title] = max(size, longest.get(title, 0))
    return tuple(reversed(kept))
