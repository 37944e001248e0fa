"""Where paid blocks stand in an article: from their label to where the copy ends."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from transforms.blocks import Block
from transforms.lexicons.sponsor_lexicon import Label, MarkerLexicon
from transforms.sponsors.labels import Hit, find_label, opens_with_link
from transforms.sponsors.names import Named, names_behind

# Copy without a closing rule is followed this far for its last link; longer copy was never seen.
MAX_COPY_BLOCKS = 25
# A by-line stands right under its copy, a picture or a line of it between at most.
MAX_BYLINE_BLOCKS = 3
# A sponsor's line in a list without bullets.
MAX_ITEM_WORDS = 40
# An issue has few sponsors; weak labels beyond that many are of something else.
MAX_WEAK_LABELS = 2
# So many words after a label are copy of their own, not only a name.
MIN_COPY_WORDS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Extent:
    """A paid block: blocks[start:end], and the label that marks it."""

    start: int
    end: int
    rule: str
    label: str | None
    named: str | None
    headline: str | None
    confidence: float = 0.95
    has_head: bool = True
    """True where the first block is a title or label of its own, False where it is copy."""
    url: str | None = None
    """The sponsor's own link, where a label names several sponsors."""
    seen: str | None = None
    """What found it, where no label did."""
    skipped: int = 0
    """Letters of the label before the copy in the first block."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """The blocks of an article with what tells its labels and links."""

    blocks: Sequence[Block]
    markers: MarkerLexicon
    labels: tuple[Label, ...]
    link_key: Callable[[str], str]
    """What two links of one sponsor share: a domain, or the address on a redirector."""
    is_campaign: Callable[[str], bool]
    is_companys: Callable[[str], bool]
    """Whether a link may lead to a company: not to the publisher, a platform or a person."""
    has_links: bool = True
    found: dict[int, Hit | None] = field(default_factory=dict)
    """Labels by block, as far as they were asked for."""

    def label_at(self, place: int) -> Hit | None:
        """Return the label of a block, or None."""
        return find_label(self.blocks[place], self.markers, self.labels, has_links=self.has_links)

    def keys_at(self, place: int) -> frozenset[str]:
        """Return the link keys of a block."""
        return frozenset(self.link_key(anchor.url) for anchor in self.blocks[place].anchors)


def find_extents(page: Page) -> tuple[Extent, ...]:
    """Return the paid blocks of an article in order; only those of one label share blocks.

    A label makes one; without a label a heading that is nothing but a campaign link does.
    """
    found: list[Extent] = []
    place = 0
    while place < len(page.blocks):
        hit = page.label_at(place)
        floor = found[-1].end if found else 0
        made = _CARRIERS[hit.rule.carrier](page, place, hit, floor) if hit else ()
        if not made and _is_campaign_heading(page, place):
            made = (_campaign(page, place),)
        found.extend(made)
        place = max([place + 1, *(extent.end for extent in made)])
    return _without_repeats(_without_listings(found, page.markers))


def _title(page: Page, place: int, hit: Hit, _floor: int) -> tuple[Extent, ...]:
    """Label in a title: the copy follows."""
    block = page.blocks[place]
    headline = _without_label(block.text, hit)
    is_head = block.kind == "heading" or block.is_linked_only or len(block.text) < 160
    end = _copy_end(page, place)
    return (_extent(place, end, hit, headline=headline, named=hit.name, has_head=is_head),)


def _inline(page: Page, place: int, hit: Hit, _floor: int) -> tuple[Extent, ...]:
    """Label between a linked title and its copy."""
    headline = page.blocks[place].text[: hit.start].strip()
    extent = _extent(place, _copy_end(page, place), hit, headline=headline, has_head=False)
    return (replace(extent, named=hit.name, skipped=hit.end),)


def _opening(page: Page, place: int, hit: Hit, _floor: int) -> tuple[Extent, ...]:
    """Label before the copy in one block."""
    block = page.blocks[place]
    rest = block.text[hit.end :].strip()
    is_head = block.kind == "heading" or (
        len(rest.split()) < MIN_COPY_WORDS and block.is_linked_only
    )
    extent = _extent(
        place, _copy_end(page, place), hit, headline=rest if is_head else None, has_head=is_head
    )
    return (replace(extent, skipped=0 if is_head else hit.end),)


def _alone(page: Page, place: int, hit: Hit, floor: int) -> tuple[Extent, ...]:
    """Label in a block of its own: the copy follows, or a list of sponsors does."""
    first = _next_text(page, place + 1)
    if page.blocks[place].kind == "image" and page.blocks[place].anchors:
        return (_extent(place, place + 1, hit, has_head=False),)
    is_many = first is not None and (
        page.blocks[first].kind == "list_item" or hit.text.casefold().rstrip(" :：").endswith("s")
    )
    if first is not None and is_many and page.blocks[place].kind != "list_item":
        items = _items(page, place, first, hit)
        if items:
            return items
    if first is None or not _can_follow(page, place, first):
        return _behind(page, place, hit, floor)
    end = _copy_end(page, place, first)
    head = page.blocks[first]
    headline = head.text if head.kind == "heading" or head.is_linked_only else None
    named = _named_within(page, first, end)
    return (_extent(place, end, hit, headline=headline, named=named),)


def _named_within(page: Page, first: int, end: int) -> str | None:
    """Return the name that a second label gives: "Sponsor", then "This issue is brought to you by"."""
    for place in range(first, min(first + 2, end)):
        hit = page.label_at(place)
        if hit and hit.rule.carrier == "names":
            named = names_behind(page.blocks[place], hit)
            return named[0].name if named else None
    return None


def _byline(page: Page, place: int, hit: Hit, floor: int) -> tuple[Extent, ...]:
    """Label under the copy, with the sponsor's name."""
    made = _behind(page, place, hit, floor)
    return tuple(replace(extent, named=hit.name) for extent in made)


def _names(page: Page, place: int, hit: Hit, floor: int) -> tuple[Extent, ...]:
    """Label before names: one sponsor with its copy, or several in a row."""
    block = page.blocks[place]
    named = names_behind(block, hit)
    rest = block.text[hit.end :].strip(" .:!")
    if not named and not rest:
        return _unnamed(page, place, hit)
    if not named or _names_nobody(named, page.markers):
        return ()
    if hit.rule.is_weak and block.kind != "heading" and not _links_company(page, named):
        return ()
    is_line = len(rest.split()) < MIN_COPY_WORDS and hit.start < 4
    if len(named) > 1:
        return tuple(
            _extent(place, place + 1, hit, named=each.name, url=each.url, has_head=False)
            for each in named
        )
    end = _copy_end(page, place) if is_line or block.kind == "heading" else place + 1
    extent = _extent(place, end, hit, named=named[0].name, has_head=is_line and end > place + 1)
    if is_line and end == place + 1 and block.kind != "heading":
        behind = _behind(page, place, hit, floor)
        if behind and page.keys_at(place) & page.keys_at(behind[0].start):
            return (replace(behind[0], named=named[0].name),)
    return (extent,)


def _links_company(page: Page, named: Sequence[Named]) -> bool:
    return any(each.url and page.is_companys(each.url) for each in named)


def _unnamed(page: Page, place: int, hit: Hit) -> tuple[Extent, ...]:
    """Label such as "Sponsored by:" that ends its block: a list, a picture or a block follows."""
    first = _next_text(page, place + 1, pictures=True)
    if first is None:
        return ()
    items = _items(page, place, first, hit)
    if items:
        return items
    following = page.blocks[first]
    if not following.anchors and page.has_links and following.kind != "heading":
        return ()
    is_line = len(following.text.split()) <= 6 and following.kind != "image"
    named = following.text if is_line else None
    end = _copy_end(page, place, first)
    return (_extent(place, max(end, first + 1), hit, named=named),)


def _items(page: Page, place: int, first: int, hit: Hit) -> tuple[Extent, ...]:
    """Return one placement per item of the list that follows a label."""
    is_list = page.blocks[first].kind == "list_item"
    last = first
    while last < len(page.blocks) and _is_item(page.blocks[last], is_list=is_list):
        last += 1
    places = [each for each in range(first, last) if page.keys_at(each) or not page.has_links]
    if not is_list and len({page.keys_at(each) for each in places}) < 2:
        return ()
    extents = []
    for number, each in enumerate(places):
        start = place if number == 0 else each
        named = _item_name(page.blocks[each])
        extent = _extent(start, each + 1, hit, named=named, has_head=number == 0)
        extents.append(extent)
    return tuple(extents)


def _is_item(block: Block, *, is_list: bool) -> bool:
    """Tell an item of a list, or a line of its own that begins with a sponsor's link."""
    if is_list:
        return block.kind == "list_item"
    is_line = len(block.text.split()) <= MAX_ITEM_WORDS
    return block.kind == "paragraph" and is_line and opens_with_link(block)


def _item_name(block: Block) -> str | None:
    """Return the name that opens an item: "Acme: ship faster", "[Acme](link) — ..."."""
    named = names_behind(block, Hit(rule=_ITEM, start=0, end=0, text="", name=None))
    return named[0].name if named else None


_ITEM = Label("item", re.compile(""), "names")


def _behind(page: Page, place: int, hit: Hit, floor: int) -> tuple[Extent, ...]:
    """Return the block above a label that stands under its copy, or none."""
    start = place
    for before in range(place - 1, max(floor, place - MAX_BYLINE_BLOCKS) - 1, -1):
        block = page.blocks[before]
        if block.kind in ("rule", "code") or page.label_at(before):
            break
        if block.kind == "image":
            continue
        if block.anchors or block.kind == "heading":
            start = before
            if opens_with_link(block) or block.kind == "heading":
                break
    if start == place:
        return ()
    title = page.blocks[start]
    headline = title.anchors[0].text if opens_with_link(title) else None
    return (_extent(start, place + 1, hit, headline=headline, has_head=title.kind == "heading"),)


def _campaign(page: Page, place: int) -> Extent:
    return Extent(
        start=place, end=_copy_end(page, place), rule="campaign-heading", label=None, named=None,
        headline=page.blocks[place].text, confidence=0.9,
    )  # fmt: skip


_CARRIERS: dict[str, Callable[[Page, int, Hit, int], tuple[Extent, ...]]] = {
    "title": _title,
    "inline": _inline,
    "opening": _opening,
    "alone": _alone,
    "byline": _byline,
    "names": _names,
}


def _extent(
    start: int,
    end: int,
    hit: Hit,
    *,
    headline: str | None = None,
    named: str | None = None,
    has_head: bool = True,
    url: str | None = None,
) -> Extent:
    return Extent(
        start=start, end=end, rule=hit.rule.id, label=hit.text, named=named, headline=headline,
        confidence=hit.rule.confidence, has_head=has_head, url=url,
    )  # fmt: skip


def _is_campaign_heading(page: Page, place: int) -> bool:
    block = page.blocks[place]
    is_heading = block.kind == "heading" and block.is_linked_only
    return is_heading and all(page.is_campaign(anchor.url) for anchor in block.anchors)


def _without_label(text: str, hit: Hit) -> str | None:
    rest = (text[: hit.start] + text[hit.end :]).strip(" -–—|·:")
    return rest or None


def _names_nobody(named: Sequence[Named], markers: MarkerLexicon) -> bool:
    """Tell thanks to readers and members from sponsors."""
    return all(markers.nobody.search(each.name) for each in named)


def _next_text(page: Page, start: int, *, pictures: bool = False) -> int | None:
    """Return the next block that says something, none beyond a rule."""
    for place in range(start, min(len(page.blocks), start + MAX_BYLINE_BLOCKS + 1)):
        block = page.blocks[place]
        if block.kind == "rule":
            continue
        if block.kind != "image" or (pictures and block.anchors):
            return place if block.text or block.anchors else None
    return None


def _can_follow(page: Page, place: int, first: int) -> bool:
    """Tell whether what follows a lone label is its copy, which leads somewhere by a link."""
    if not page.has_links:
        return True
    label = page.blocks[place]
    reach = page.blocks[place + 1 : first + 4]
    for number, block in enumerate(reach):
        if block.kind == "rule" and number:
            return False
        if block.anchors:
            return True
    return label.kind == "heading" and label.level > 0 and page.blocks[first].kind != "heading"


def _copy_end(page: Page, start: int, first: int | None = None) -> int:
    """Return where the copy ends: a rule, the next heading of its kind, or its last own link."""
    opening = page.blocks[start if first is None else first]
    own_keys = page.keys_at(start) | (page.keys_at(first) if first is not None else frozenset())
    level = opening.level if opening.kind == "heading" else 7
    if page.blocks[start].kind == "heading":
        level = min(level, page.blocks[start].level)
    is_titled = level < 7
    last_own = start if first is None else first
    stop = min(len(page.blocks), start + MAX_COPY_BLOCKS)
    for place in range((start if first is None else first) + 1, stop):
        block = page.blocks[place]
        if block.kind == "rule" or (not is_titled and block.kind == "heading"):
            return place if is_titled or not own_keys else last_own + 1
        is_own = bool(own_keys & page.keys_at(place))
        if block.kind == "heading" and block.level <= max(level, opening.level) and not is_own:
            return place
        label = page.label_at(place)
        if label and not (
            first is not None and place <= first + 1 and label.rule.carrier == "names"
        ):
            return place if is_titled or place == last_own + 1 else last_own + 1
        if not is_titled and _is_other_item(block, opening, is_own=is_own):
            return last_own + 1 if block.kind != "list_item" else place
        last_own = place if is_own else last_own
    if stop < start + MAX_COPY_BLOCKS and not own_keys:
        return stop
    return last_own + 1


def _is_other_item(block: Block, opening: Block, *, is_own: bool) -> bool:
    """Tell whether a block begins another item of a round-up."""
    if opening.kind == "list_item":
        is_part = block.kind in ("quote", "image", "caption") or block.level > opening.level
        return not is_part
    return not is_own and (
        opens_with_link(block) or block.kind == "list_item" and bool(block.anchors)
    )


def _without_listings(extents: Sequence[Extent], markers: MarkerLexicon) -> list[Extent]:
    """Leave out weak labels that come again and again: "Presented by" under each talk of many."""
    weak = {label.id for label in markers.labels if label.is_weak}
    count = len({extent.start for extent in extents if extent.rule in weak})
    return [each for each in extents if count <= MAX_WEAK_LABELS or each.rule not in weak]


def _without_repeats(extents: Sequence[Extent]) -> tuple[Extent, ...]:
    """Leave out the titles of a table of contents that name a placement further down."""
    kept = []
    for number, extent in enumerate(extents):
        title = (extent.headline or "").casefold()
        later = [
            each for each in extents[number + 1 :] if (each.headline or "").casefold() == title
        ]
        size = extent.end - extent.start
        if title and size == 1 and any(each.end - each.start > size for each in later):
            continue
        kept.append(extent)
    return tuple(kept)
