"""Adverts that only the markup calls so: by the attributes of a box, or of their links.

A box counts with its class or its label for screen readers, where it leads elsewhere: less where
it leads to a platform alone, on which the publisher may sell something too.
`rel="sponsored"` counts far less: writers put it on affiliate links in their own prose as well.
There the whole stretch must stand apart, lead to one company alone, and pitch.
"""

from collections.abc import Iterator, Sequence

from transforms.blocks import Block, Mark
from transforms.sponsors.extents import Extent
from transforms.sponsors.page import Page
from transforms.sponsors.readings import EDITORIAL, Reading, read_blocks
from transforms.sponsors.stretches import MIN_STRETCHES, Stretch, find_stretches, is_apart

# Attributes are written by programs: what they call an advert is one, but nobody reads them.
BOX_CONFIDENCE = 0.85
PLATFORM_CONFIDENCE = 0.65
LINK_CONFIDENCE = 0.7
# A longer box, or one with more of the page in it, holds the article and not an advert.
MAX_BOX_WORDS = 320
MAX_PAGE_SHARE = 0.6
# Boxes alike in greater number are how a page lists all it shows.
MAX_BOXES = 6
# An article with more companies behind such links is a shopping guide.
MAX_SPONSORED = 2
# Words of a stretch that its links alone mark.
MIN_WORDS = 12
MAX_WORDS = 220


def find_marked(page: Page, taken: Sequence[Extent]) -> tuple[Extent, ...]:
    """Return the adverts that attributes mark and labels do not, in order.

    `taken` are those that labels mark: a box around one of them is that one.
    """
    boxes = [extent for box in _boxes(page) if _is_free(box, taken) for extent in _split(box, page)]
    if len(boxes) > MAX_BOXES:
        boxes = []
    held = [*taken, *boxes]
    linked = [extent for extent in _linked(page) if _is_free(extent, held)]
    return tuple(sorted([*boxes, *linked], key=lambda extent: extent.start))


def _is_free(extent: Extent, taken: Sequence[Extent]) -> bool:
    return all(extent.end <= each.start or extent.start >= each.end for each in taken)


def _boxes(page: Page) -> Iterator[Extent]:
    """Yield the outermost marked boxes that are an advert's size and lead to a company."""
    whole = _words(page.blocks)
    end = 0
    for start, block in enumerate(page.blocks):
        if start < end:
            continue
        for mark in (each for each in block.marks if _is_first(page.blocks, start, each)):
            stop = _end_of(page.blocks, start, mark)
            words = _words(page.blocks[start:stop])
            if words > MAX_BOX_WORDS or words > MAX_PAGE_SHARE * whole:
                continue
            if _leads_off(page, start, stop):
                end = stop
                yield _box(page, start, stop, mark)
            break


def _leads_off(page: Page, start: int, end: int) -> bool:
    return any(
        page.is_foreign(anchor.url) for block in page.blocks[start:end] for anchor in block.anchors
    )


def _end_of(blocks: Sequence[Block], start: int, mark: Mark) -> int:
    end = start
    while end < len(blocks) and any(each.number == mark.number for each in blocks[end].marks):
        end += 1
    return end


def _is_first(blocks: Sequence[Block], start: int, mark: Mark) -> bool:
    """Tell a box's first block from the rest of one that was passed over."""
    return start == 0 or all(each.number != mark.number for each in blocks[start - 1].marks)


def _box(page: Page, start: int, end: int, mark: Mark) -> Extent:
    while page.blocks[start].kind == "rule":
        start += 1
    while page.blocks[end - 1].kind == "rule":
        end -= 1
    first = page.blocks[start]
    is_head = first.kind == "heading" or (first.is_linked_only and end > start + 1)
    is_sure = page.leads_away(range(start, end))
    return Extent(
        start=start, end=end, rule="marked-box", label=None, named=None, has_head=is_head,
        headline=first.text if is_head else None,
        confidence=BOX_CONFIDENCE if is_sure else PLATFORM_CONFIDENCE,
        seen=f"markup says {mark.text}",
    )  # fmt: skip


def _split(box: Extent, page: Page) -> list[Extent]:
    """Return a box as it is, or its items where each leads to another company."""
    places = [n for n in range(box.start, box.end) if page.leads_away((n,))]
    keys = [page.keys_at(place) for place in places]
    is_list = all(page.blocks[place].kind in ("list_item", "image", "table") for place in places)
    if len(places) < 2 or not is_list or len(set(keys)) < len(keys):
        return [box]
    return [
        Extent(
            start=box.start if number == 0 else place, end=place + 1, rule=box.rule, label=None,
            named=None, headline=None, has_head=number == 0 and place > box.start,
            confidence=box.confidence, seen=box.seen,
        )
        for number, place in enumerate(places)
    ]  # fmt: skip


def _linked(page: Page) -> list[Extent]:
    """Return stretches apart all of whose links are declared as paid for, to one company."""
    paid = [anchor for block in page.blocks for anchor in block.anchors if anchor.is_sponsored]
    if not paid or len({page.link_key(anchor.url) for anchor in paid}) > MAX_SPONSORED:
        return []
    stretches = list(find_stretches(page))
    if len(stretches) < MIN_STRETCHES:
        return []
    readings = read_blocks(page.blocks, page.markers.pitch)
    declared = (each for each in stretches if _is_declared(page, each))
    return [
        _extent(page, stretch)
        for stretch in declared
        if is_apart(stretch, stretches, page) and _pitches(readings, stretch)
    ]


def _is_declared(page: Page, stretch: Stretch) -> bool:
    blocks = page.blocks[stretch.start : stretch.end]
    return all(anchor.is_sponsored for block in blocks for anchor in block.anchors)


def _pitches(readings: Sequence[Reading], stretch: Stretch) -> bool:
    """Tell a pitch from a writer's own words about something with an affiliate link."""
    own = readings[stretch.start : stretch.end]
    cues = {cue for reading in own for cue in reading.cues}
    words = sum(reading.words for reading in own)
    if not MIN_WORDS <= words <= MAX_WORDS or not cues.isdisjoint(EDITORIAL):
        return False
    return len(cues) > 1


def _extent(page: Page, stretch: Stretch) -> Extent:
    first = page.blocks[stretch.start]
    is_head = first.kind == "heading"
    return Extent(
        start=stretch.start, end=stretch.end, rule="rel-sponsored", label=None, named=None,
        headline=first.text if is_head else None, has_head=is_head, confidence=LINK_CONFIDENCE,
        seen='stands apart, and all its links are rel="sponsored"',
    )  # fmt: skip


def _words(blocks: Sequence[Block]) -> int:
    return sum(len(block.text.split()) for block in blocks)
