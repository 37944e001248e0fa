"""Blocks to sections: stretches under one heading, paid blocks, references, own offers."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from transforms.blocks import Block, text_of
from transforms.items import ItemTitle, find_items
from transforms.sponsors import Placement

# A stretch with own-offer links longer than this is an article that mentions an offer.
MAX_HOUSE_WORDS = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionDraft:
    """A section before it has ids: its blocks, and the placement it is, if it is one."""

    number: int
    heading: str | None
    level: int
    role: str
    body: tuple[Block, ...]
    head: Block | None = None
    placements: tuple[Placement, ...] = ()
    """The placement it is; several where one label names several sponsors."""

    @property
    def text(self) -> str:
        """Plain text under the heading."""
        return text_of(self.body)

    @property
    def is_editorial(self) -> bool:
        """True where the section is the article's own."""
        return self.role in ("editorial", "digest_item", "references")

    @property
    def blocks(self) -> tuple[Block, ...]:
        """Heading and body."""
        return (self.head, *self.body) if self.head else self.body


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionRules:
    """What decides where sections begin and what they are."""

    references: tuple[re.Pattern[str], ...]
    is_house_link: Callable[[str], bool]
    is_furniture: Callable[[Block], bool]


@dataclass(slots=True)
class _Cut:
    start: int
    end: int
    role: str
    placements: tuple[Placement, ...] = ()
    item: ItemTitle | None = None
    level: int = 0
    """Heading level of an item: one below the heading it stands under."""


def split_sections(
    blocks: Sequence[Block], placements: Sequence[Placement], rules: SectionRules
) -> tuple[SectionDraft, ...]:
    """Return the sections of an article in reading order, numbered from 1, none empty."""
    cuts = _with_items(blocks, _cuts(blocks, placements, rules))
    drafts = [_draft(blocks, _with_inside(cut, placements), rules) for cut in cuts]
    kept = [draft for draft in drafts if draft.head or any(b.text or b.anchors for b in draft.body)]
    return tuple(
        SectionDraft(
            number=number, heading=draft.heading, level=draft.level, role=draft.role,
            body=draft.body, head=draft.head, placements=draft.placements,
        )
        for number, draft in enumerate(kept, start=1)
    )  # fmt: skip


def _cuts(
    blocks: Sequence[Block], placements: Sequence[Placement], rules: SectionRules
) -> list[_Cut]:
    by_start: dict[int, tuple[Placement, ...]] = {}
    for placement in placements:
        start = placement.extent.start
        if placement.extent.is_inside:
            continue
        by_start[start] = (*by_start.get(start, ()), placement)
    cuts: list[_Cut] = []
    place = 0
    while place < len(blocks):
        paid = by_start.get(place)
        if paid:
            end = max(placement.extent.end for placement in paid)
            cuts.append(_Cut(place, end, "sponsor", paid))
            place = end
            continue
        if blocks[place].kind == "rule" and cuts and _closes_offer(blocks, cuts[-1], rules):
            cuts[-1].role, cuts[-1].end = "house_promo", place + 1
            place += 1
            continue
        role = _opens(blocks, place, cuts, rules)
        if role or not cuts:
            cuts.append(_Cut(place, place + 1, role or "editorial"))
        else:
            cuts[-1].end = place + 1
        place += 1
    return cuts


def _with_items(blocks: Sequence[Block], cuts: Sequence[_Cut]) -> list[_Cut]:
    """Cut a round-up's editorial stretches where its items begin."""
    own = [cut for cut in cuts if cut.role == "editorial"]
    items = find_items(blocks, [(cut.start, cut.end) for cut in own])
    if not items:
        return list(cuts)
    levels = [blocks[cut.start].level for cut in own if blocks[cut.start].kind == "heading"]
    highest = min(levels, default=0)
    return [
        piece
        for cut in cuts
        for piece in (_pieces(blocks, cut, items, highest) if cut.role == "editorial" else [cut])
    ]


def _pieces(
    blocks: Sequence[Block], cut: _Cut, items: Mapping[int, ItemTitle], highest: int
) -> list[_Cut]:
    """Return a stretch as what stands before its items, and its items; a rule ends an item."""
    opening = blocks[cut.start]
    level = min(6, (opening.level if opening.kind == "heading" else highest) + 1)
    pieces = [_Cut(cut.start, cut.start, cut.role)]
    for place in range(cut.start, cut.end):
        last = pieces[-1]
        if place in items:
            pieces.append(_Cut(place, place, cut.role, item=items[place], level=level))
        elif last.item and last.end > last.start and blocks[last.end - 1].kind == "rule":
            pieces.append(_Cut(place, place, cut.role))
        pieces[-1].end = place + 1
    return [piece for piece in pieces if piece.end > piece.start]


def _with_inside(cut: _Cut, placements: Sequence[Placement]) -> _Cut:
    """Give a stretch the placements that are lines of one of its blocks."""
    inside = [
        each
        for each in placements
        if each.extent.is_inside and cut.start <= each.extent.start < cut.end
    ]
    cut.placements = (*cut.placements, *inside)
    return cut


def _opens(
    blocks: Sequence[Block], place: int, cuts: list[_Cut], rules: SectionRules
) -> str | None:
    """Return the role of the section that begins at a block, or None where none begins."""
    block, last = blocks[place], cuts[-1].role if cuts else ""
    if rules.is_furniture(block):
        return None if last == "furniture" else "furniture"
    if block.kind in ("heading", "paragraph") and _matches(rules.references, block.text):
        return "references"
    if block.kind == "heading" and block.text:
        return "editorial"
    if last in ("sponsor", "furniture", "house_promo"):
        return "editorial"
    if last == "references" and (block.kind == "rule" or _is_prose(block)):
        return "editorial"
    return None


def _closes_offer(blocks: Sequence[Block], cut: _Cut, rules: SectionRules) -> bool:
    """Tell whether a rule ends an own offer: without it the article's opening would be one."""
    return cut.role == "editorial" and _is_house(tuple(blocks[cut.start : cut.end]), rules)


def _is_prose(block: Block) -> bool:
    return block.kind == "paragraph" and not block.anchors and len(block.text) > 80


def _draft(blocks: Sequence[Block], cut: _Cut, rules: SectionRules) -> SectionDraft:
    own = tuple(blocks[cut.start : cut.end])
    head, body = _head_and_body(own, cut)
    role = cut.role
    if role == "editorial" and _is_house(own, rules):
        role = "house_promo"
    if role == "sponsor" and all(placement.is_house for placement in cut.placements):
        role = "house_promo"
    return SectionDraft(
        number=0, heading=head.text if head else None, level=head.level if head else 0,
        role=role, body=body, head=head, placements=cut.placements,
    )  # fmt: skip


def _head_and_body(own: tuple[Block, ...], cut: _Cut) -> tuple[Block | None, tuple[Block, ...]]:
    if cut.item:
        rest = (cut.item.rest,) if cut.item.rest else ()
        return replace(cut.item.head, level=cut.level), (*rest, *own[1:])
    if own and _is_heading(own[0], cut):
        return own[0], own[1:]
    return None, own


def _is_heading(block: Block, cut: _Cut) -> bool:
    # A label in a paragraph heads its paid block, though it is no heading in the markup.
    is_head = cut.role == "sponsor" and any(each.extent.has_head for each in cut.placements)
    return bool(block.text) and (block.kind == "heading" or is_head)


def _is_house(blocks: tuple[Block, ...], rules: SectionRules) -> bool:
    """Tell an own offer: every worded link that leaves the text goes to it, and it is short."""
    urls = [anchor.url for block in blocks for anchor in block.anchors if anchor.text]
    if not urls or not all(rules.is_house_link(url) for url in urls):
        return False
    return len(text_of(blocks).split()) <= MAX_HOUSE_WORDS


def _matches(patterns: tuple[re.Pattern[str], ...], text: str) -> bool:
    return any(pattern.search(text) for pattern in patterns)
