"""How far the copy of a placement goes: down to where it ends, up from a label under it."""

from dataclasses import replace

from transforms.blocks import Block
from transforms.sponsors.labels import Hit, opens_with_link
from transforms.sponsors.page import Extent, Page, extent_of

# Copy without a closing rule is followed this far for its last link; longer copy was never seen.
MAX_COPY_BLOCKS = 25
# A by-line stands right under its copy, a picture or a line of it between at most.
MAX_BYLINE_BLOCKS = 3
# A call to action is a few words.
MAX_CALL_WORDS = 7
_NO_LEVEL = 7  # deeper than any heading


def find_copy_end(page: Page, start: int, first: int | None = None) -> int:
    """Return where the copy ends: a rule, the next heading of its kind, or its last own link.

    `first` is the block in which the copy begins, where a label stands by itself above it.
    """
    begin = start if first is None else first
    opening = page.blocks[begin]
    keys = page.keys_at(start) | page.keys_at(begin)
    level = _level_of(page.blocks[start], opening)
    last_own = begin
    stop = min(len(page.blocks), start + MAX_COPY_BLOCKS)
    for place in range(begin + 1, stop):
        block = page.blocks[place]
        if not keys and _is_call(block):
            keys = page.keys_at(place)
        is_own = bool(keys & page.keys_at(place))
        if _ends_titled(block, level, opening, is_own=is_own):
            return place
        if _is_other_label(page, place, first):
            return place if level < _NO_LEVEL else last_own + 1
        if level == _NO_LEVEL and _ends_untitled(block, opening, is_own=is_own):
            return place if opening.kind == "list_item" or not keys else last_own + 1
        last_own = place if is_own else last_own
    if stop < start + MAX_COPY_BLOCKS and not keys:
        return stop
    return last_own + 1


def find_above(page: Page, place: int, hit: Hit, floor: int) -> Extent | None:
    """Return the block above a label that stands under its copy, or None."""
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
    if start == place and place > floor and _is_banner(page, place - 1):
        start = place - 1
    if start == place:
        return None
    title = page.blocks[start]
    is_head = title.kind == "heading"
    headline = title.anchors[0].text if opens_with_link(title) else title.text if is_head else None
    extent = extent_of(start, place + 1, hit, headline=headline, has_head=is_head)
    return replace(extent, named=hit.name)


def _is_banner(page: Page, place: int) -> bool:
    """Tell a linked picture, which may be all the copy there is."""
    return page.blocks[place].kind == "image" and page.leads_away((place,))


def _level_of(label: Block, opening: Block) -> int:
    levels = [block.level for block in (label, opening) if block.kind == "heading"]
    return min(levels, default=_NO_LEVEL)


def _is_call(block: Block) -> bool:
    """Tell a button or a linked line, which closes copy that links nothing itself."""
    return (
        block.kind != "heading"
        and block.is_linked_only
        and len(block.text.split()) <= MAX_CALL_WORDS
    )


def _ends_titled(block: Block, level: int, opening: Block, *, is_own: bool) -> bool:
    """Tell whether a block ends copy under a heading: a rule, or a heading of the same rank."""
    if level == _NO_LEVEL:
        return False
    if block.kind == "rule":
        return True
    rank = max(level, opening.level) if opening.kind == "heading" else level
    return block.kind == "heading" and block.level <= rank and not is_own


def _ends_untitled(block: Block, opening: Block, *, is_own: bool) -> bool:
    """Tell whether a block begins something else than copy that no heading opened."""
    if block.kind in ("rule", "heading"):
        return True
    if opening.kind == "list_item":
        return block.kind not in ("quote", "image", "caption") and block.level <= opening.level
    is_item = opens_with_link(block) or (block.kind == "list_item" and bool(block.anchors))
    return is_item and not is_own


def _is_other_label(page: Page, place: int, first: int | None) -> bool:
    """Tell the next placement's label from one that only says again who pays for this one."""
    label = page.label_at(place)
    if label is None:
        return False
    repeats = first is not None and place <= first + 1 and label.rule.carrier == "names"
    if repeats and first is not None and place > first and page.label_at(first):
        repeats = False  # each of several sponsors is introduced for itself
    return not repeats and label.rule.carrier not in ("byline", "credit")
