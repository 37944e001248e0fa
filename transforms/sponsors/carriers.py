"""The forms in which labels are set, each read to the placements it marks."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from transforms.blocks import Block, lines_of
from transforms.lexicons.sponsor_lexicon import Label, MarkerLexicon, name_key
from transforms.sponsors.copy_end import MAX_BYLINE_BLOCKS, find_above, find_copy_end
from transforms.sponsors.labels import Hit, opens_with_link
from transforms.sponsors.names import Named, names_behind
from transforms.sponsors.page import Extent, Page, extent_of

# So many words after a label are copy of their own, not only a name.
MIN_COPY_WORDS = 12
# A sponsor's line in a list without bullets.
MAX_ITEM_WORDS = 40
# A block of so many letters whose title is labelled holds its copy too.
MAX_TITLE_CHARS = 160
# So many words behind a label are a name; more are a sentence.
MAX_LABEL_NAME_WORDS = 5
# A clause that goes on behind a name within so many letters: "In partnership with X, we studied".
MAX_CLAUSE_CHARS = 90
_CLAUSE = re.compile(
    r"^[^.!?:\n]*?(?:,?\s+(?:i|we|he|she|they|researchers|scientists|engineers)\s+\w+)",
    re.IGNORECASE,
)
_BULLETS = frozenset("*•·–-▪●→👉")
_ACCOUNT = re.compile(
    r"^https?://(?:www\.)?(?:(?:twitter|x|instagram|threads|facebook|bsky)\.\w+/|github\.com/[\w-]+/?$"
    r"|linkedin\.com/in/|[\w.-]+/@\w+)",
    re.IGNORECASE,
)
_ITEM = Label("item", re.compile(""), "names")

Carrier = Callable[[Page, int, Hit, int], tuple[Extent, ...]]


def read_title(page: Page, place: int, hit: Hit, _floor: int) -> tuple[Extent, ...]:
    """Return the placement of a label in a title: the copy follows."""
    block = page.blocks[place]
    is_head = block.kind == "heading" or block.is_linked_only or len(block.text) < MAX_TITLE_CHARS
    rest = (block.text[: hit.start] + block.text[hit.end :]).strip(" -–—|·:")
    end = find_copy_end(page, place)
    return (extent_of(place, end, hit, headline=rest or None, named=hit.name, has_head=is_head),)


def read_inline(page: Page, place: int, hit: Hit, _floor: int) -> tuple[Extent, ...]:
    """Return the placement of a label between a linked title and its copy."""
    headline = page.blocks[place].text[: hit.start].strip()
    extent = extent_of(place, find_copy_end(page, place), hit, headline=headline, has_head=False)
    return (replace(extent, named=hit.name, skipped=hit.end),)


def read_opening(page: Page, place: int, hit: Hit, _floor: int) -> tuple[Extent, ...]:
    """Return the placement of a label before the copy in one block."""
    block = page.blocks[place]
    rest = block.text[hit.end :].strip()
    is_short = len(rest.split()) < MIN_COPY_WORDS
    is_head = block.kind == "heading" or (is_short and block.is_linked_only)
    end = find_copy_end(page, place)
    extent = extent_of(place, end, hit, headline=rest if is_head else None, has_head=is_head)
    return (replace(extent, skipped=0 if is_head else hit.end),)


def read_alone(page: Page, place: int, hit: Hit, floor: int) -> tuple[Extent, ...]:
    """Return the placements of a label in a block of its own, above its copy or a list."""
    block = page.blocks[place]
    if block.kind == "image":
        return (extent_of(place, place + 1, hit, has_head=False),)
    first = _next_text(page, place + 1)
    is_many = hit.text.casefold().rstrip(" :：").endswith("s")
    if first is not None and (is_many or page.blocks[first].kind == "list_item"):
        items = _read_items(page, place, first, hit)
        items = items or (_read_subheadings(page, place, first, hit) if is_many else ())
        if items and block.kind != "list_item":
            return items
    if first is None or not _can_follow(page, place, first):
        above = find_above(page, place, hit, floor)
        return (above,) if above else ()
    end = find_copy_end(page, place, first)
    head = page.blocks[first]
    headline = head.text if head.kind == "heading" or head.is_linked_only else None
    named = _named_within(page, first, end)
    return (extent_of(place, end, hit, headline=headline, named=named),)


def read_byline(page: Page, place: int, hit: Hit, floor: int) -> tuple[Extent, ...]:
    """Return the placement of a label under its copy."""
    above = find_above(page, place, hit, floor)
    return (above,) if above else ()


def read_credit(page: Page, place: int, hit: Hit, floor: int) -> tuple[Extent, ...]:
    """Return the placement of a label that ends its copy; the title may stand above it."""
    if hit.rule.needs_link and not page.leads_away((place,)):
        return ()
    before = page.blocks[place - 1] if place > floor else None
    if before and before.kind == "heading" and not page.label_at(place - 1):
        extent = extent_of(place - 1, place + 1, hit, headline=before.text, named=hit.name)
        return (extent,)
    return (extent_of(place, place + 1, hit, named=hit.name, has_head=False),)


def read_names(page: Page, place: int, hit: Hit, floor: int) -> tuple[Extent, ...]:
    """Return the placements of a label before names: one with its copy, or several in a row."""
    block = page.blocks[place]
    named = names_behind(block, hit)
    rest = block.text[hit.end :].strip(" .:!")
    if not named and not rest:
        return _read_unnamed(page, place, hit)
    if not named or not _names_sponsors(page, place, hit, named):
        return ()
    if len(named) > 1:
        return tuple(
            extent_of(place, place + 1, hit, named=each.name, url=each.url, has_head=False)
            for each in named
        )
    extent = _read_named(page, place, hit, floor, named[0].name)
    if hit.rule.needs_link and not page.leads_away(range(extent.start, extent.end)):
        return ()
    return (extent,)


def _read_named(page: Page, place: int, hit: Hit, floor: int, name: str) -> Extent:
    block = page.blocks[place]
    rest = block.text[hit.end :]
    is_line = len(rest.split()) < MIN_COPY_WORDS and hit.start < 4
    is_above = is_line or block.kind == "heading"
    end = find_copy_end(page, place) if is_above else place + 1
    if is_line and end == place + 1 and block.kind != "heading":
        above = find_above(page, place, hit, floor)
        if above and page.keys_at(place) & page.keys_at(above.start):
            return replace(above, named=name)
    return extent_of(place, end, hit, named=name, has_head=is_line and end > place + 1)


def _read_unnamed(page: Page, place: int, hit: Hit) -> tuple[Extent, ...]:
    """Read a label such as "Sponsored by:" that ends its block: a list or a block follows."""
    first = _next_text(page, place + 1, pictures=True)
    if first is None:
        return ()
    items = _read_items(page, place, first, hit)
    if items:
        return items
    following = page.blocks[first]
    if not following.anchors and page.has_links and following.kind != "heading":
        return ()
    is_line = len(following.text.split()) <= 6 and following.kind != "image"
    end = max(find_copy_end(page, place, first), first + 1)
    return (extent_of(place, end, hit, named=following.text if is_line else None),)


def _read_items(page: Page, place: int, first: int, hit: Hit) -> tuple[Extent, ...]:
    """Return one placement per item below a label: of a list, or lines that open with links."""
    lines = lines_of(page.blocks[first])
    if len(lines) > 1 and page.blocks[first].kind != "list_item":
        return _read_lines(place, first, lines, hit)
    is_list = page.blocks[first].kind == "list_item"
    last = first
    while last < len(page.blocks) and _is_item(page.blocks[last], is_list=is_list):
        last += 1
    places = [each for each in range(first, last) if page.keys_at(each) or not page.has_links]
    if not is_list and len({page.keys_at(each) for each in places}) < 2:
        return ()
    return tuple(
        extent_of(
            place if number == 0 else each, each + 1, hit, named=_item_name(page.blocks[each]),
            has_head=number == 0,
        )
        for number, each in enumerate(places)
    )  # fmt: skip


def _read_subheadings(page: Page, place: int, first: int, hit: Hit) -> tuple[Extent, ...]:
    """Return one placement per heading below a heading such as "Sponsors"."""
    label, level = page.blocks[place], page.blocks[first].level
    if label.kind != "heading" or page.blocks[first].kind != "heading" or level <= label.level:
        return ()
    starts, end = [first], len(page.blocks)
    for each in range(first + 1, len(page.blocks)):
        block = page.blocks[each]
        if block.kind == "rule" or (block.kind == "heading" and block.level <= label.level):
            end = each
            break
        if block.kind == "heading" and block.level == level:
            starts.append(each)
    if len(starts) < 2:
        return ()
    edges = [*starts[1:], end]
    return tuple(
        extent_of(place if number == 0 else start, stop, hit, headline=page.blocks[start].text)
        for number, (start, stop) in enumerate(zip(starts, edges, strict=True))
    )


def _read_lines(place: int, first: int, lines: Sequence[Block], hit: Hit) -> tuple[Extent, ...]:
    own = [line for line in lines if _is_item(line, is_list=line.kind == "list_item")]
    if len(own) < 2:
        return ()
    return tuple(
        replace(
            extent_of(place, first + 1, hit, named=_item_name(line), has_head=False), lines=(line,)
        )
        for line in own
    )


def _is_item(block: Block, *, is_list: bool) -> bool:
    """Tell an item of a list, or a line of its own that begins with a sponsor's link."""
    if is_list:
        return block.kind == "list_item"
    is_line = len(block.text.split()) <= MAX_ITEM_WORDS
    is_item = opens_with_link(block) or (bool(block.anchors) and block.text[:1] in _BULLETS)
    return block.kind in ("paragraph", "quote", "table") and is_line and is_item


def _item_name(block: Block) -> str | None:
    """Return the name that opens an item: "Acme: ship faster", "[Acme](link) — ..."."""
    named = names_behind(block, Hit(rule=_ITEM, start=0, end=0, text="", name=None))
    return named[0].name if named else None


def _named_within(page: Page, first: int, end: int) -> str | None:
    """Return the name a second label gives: "Sponsor", then "This issue is brought to you by"."""
    for place in range(first, min(first + 2, end)):
        hit = page.label_at(place)
        if hit and hit.rule.carrier == "names":
            named = names_behind(page.blocks[place], hit)
            return named[0].name if named else None
    return None


def _names_sponsors(page: Page, place: int, hit: Hit, named: Sequence[Named]) -> bool:
    """Tell names of sponsors from readers, authors, speakers and who sponsors something else."""
    if _names_nobody(named, page.markers) or _are_people(named):
        return False
    if hit.publication and not page.is_own_title(hit.publication):
        return False
    return not hit.rule.is_weak or _is_sure(page, place, hit, named)


def _is_sure(page: Page, place: int, hit: Hit, named: Sequence[Named]) -> bool:
    """Tell words that are also said of speakers and partners from a label.

    As a heading, before the link of a company and no clause that goes on, or in a line of its
    own above a link that leads to whom it names.
    """
    block = page.blocks[place]
    if block.kind == "heading":
        return True
    rest = block.text[hit.end :]
    if any(each.url and page.is_companys(each.url) for each in named):
        return not _CLAUSE.search(rest[:MAX_CLAUSE_CHARS])
    if len(rest.split()) > MAX_LABEL_NAME_WORDS:
        return False
    keys = {name_key(each.name) for each in named}
    below = range(place + 1, min(len(page.blocks), place + 1 + MAX_BYLINE_BLOCKS + 1))
    domains = {key for each in below for key in page.keys_at(each)}
    if any(len(key) > 2 and name_key(domain).startswith(key) for key in keys for domain in domains):
        return True
    return block.text.isupper() and page.leads_away(below)


def _are_people(named: Sequence[Named]) -> bool:
    """Tell who made an issue from who paid for it: people are linked by their accounts."""
    return all(each.url and _ACCOUNT.search(each.url) for each in named)


def _names_nobody(named: Sequence[Named], markers: MarkerLexicon) -> bool:
    """Tell thanks to readers and members from sponsors."""
    return all(markers.nobody.search(each.name) for each in named)


def _next_text(page: Page, start: int, *, pictures: bool = False) -> int | None:
    """Return the next block that says something."""
    for place in range(start, min(len(page.blocks), start + MAX_BYLINE_BLOCKS + 1)):
        block = page.blocks[place]
        is_picture = block.kind == "image" and not (pictures and block.anchors)
        if block.kind != "rule" and not is_picture:
            return place if block.text or block.anchors else None
    return None


def _can_follow(page: Page, place: int, first: int) -> bool:
    """Tell whether what follows a lone label is its copy, which leads somewhere by a link."""
    if not page.has_links:
        return True
    for number, block in enumerate(page.blocks[place + 1 : first + 4]):
        if block.kind == "rule" and number:
            return False
        if block.anchors:
            return True
    label = page.blocks[place]
    return label.kind == "heading" and page.blocks[first].kind != "heading"


CARRIERS: dict[str, Carrier] = {
    "title": read_title,
    "tag": read_title,
    "inline": read_inline,
    "opening": read_opening,
    "alone": read_alone,
    "byline": read_byline,
    "credit": read_credit,
    "names": read_names,
}
