"""Several sponsors under one label: a list, lines of one paragraph, headings, names in a row."""

import re
from collections.abc import Sequence
from dataclasses import replace

from transforms.blocks import Block, lines_of
from transforms.lexicons.sponsor_lexicon import Label
from transforms.sponsors.labels import Hit, opens_with_link
from transforms.sponsors.names import Named, clean_name, names_behind
from transforms.sponsors.page import Extent, Page, extent_of

# A sponsor's line in a list without bullets.
MAX_ITEM_WORDS = 40
_NAME_FIRST = re.compile(r"^[A-Z0-9][\w.&’' ]{1,30}(?::|\s[–—-])\s")
_BULLETS = frozenset("*•·–-▪●→👉")
_ITEM = Label("item", re.compile(""), "names")


def read_items(page: Page, place: int, first: int, hit: Hit) -> tuple[Extent, ...]:
    """Return one placement per item below a label: of a list, or lines that open with links."""
    lines = lines_of(page.blocks[first])
    if len(lines) > 1 and page.blocks[first].kind != "list_item":
        return _read_lines(place, first, lines, hit)
    is_list = page.blocks[first].kind == "list_item"
    is_small_ads = "classified" in hit.text.casefold()
    last = first
    while last < len(page.blocks) and (
        _is_item(page.blocks[last], is_list=is_list)
        or (is_small_ads and _is_small_ad(page.blocks[last]))
    ):
        last += 1
    places = [each for each in range(first, last) if page.keys_at(each) or not page.has_links]
    if is_small_ads:
        places = [each for each in places if page.leads_away((each,))]
    if not is_list and len({page.keys_at(each) for each in places}) < 2:
        return ()
    return tuple(
        extent_of(
            place if number == 0 else each, each + 1, hit, named=_item_name(page.blocks[each]),
            has_head=number == 0,
        )
        for number, each in enumerate(places)
    )  # fmt: skip


def read_logos(page: Page, place: int, hit: Hit) -> tuple[Extent, ...]:
    """Return one placement per linked picture below a label of several sponsors."""
    last = place + 1
    while last < len(page.blocks) and page.blocks[last].kind == "image" and page.keys_at(last):
        last += 1
    logos = [each for each in range(place + 1, last) if page.leads_away((each,))]
    if len({page.keys_at(each) for each in logos}) < 2:
        return ()
    return tuple(
        extent_of(
            place if number == 0 else each, each + 1, hit,
            named=clean_name(page.blocks[each].text), has_head=number == 0,
        )
        for number, each in enumerate(logos)
    )  # fmt: skip


def read_subheadings(page: Page, place: int, first: int, hit: Hit) -> tuple[Extent, ...]:
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
    is_named = block.text[:1] in _BULLETS or _NAME_FIRST.match(block.text)
    is_item = opens_with_link(block) or bool(block.anchors and is_named)
    return block.kind in ("paragraph", "quote", "table") and is_line and is_item


def _is_small_ad(block: Block) -> bool:
    """Tell a classified, whose link may stand anywhere in it."""
    is_short = len(block.text.split()) <= MAX_ITEM_WORDS
    return block.kind in ("paragraph", "quote") and is_short and bool(block.anchors)


def _item_name(block: Block) -> str | None:
    """Return the name that opens an item: "Acme: ship faster", "[Acme](link) — ..."."""
    named = names_behind(block, Hit(rule=_ITEM, start=0, end=0, text="", name=None))
    return named[0].name if named else None


def is_plural(hit: Hit) -> bool:
    """Tell a label of several sponsors: "Sponsors", "sponsored links"."""
    return hit.text.casefold().rstrip(" :：").endswith("s")


def read_row(place: int, hit: Hit, named: Sequence[Named]) -> tuple[Extent, ...]:
    """Return one placement for each of several names in one block."""
    return tuple(
        extent_of(place, place + 1, hit, named=each.name, url=each.url, has_head=False)
        for each in named
    )
