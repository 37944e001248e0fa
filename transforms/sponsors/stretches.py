"""What stands apart in an article: the stretches between its rules and headings."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from transforms.lexicons.sponsor_lexicon import name_key
from transforms.sponsors.page import Page

# An issue of fewer stretches is one text: nothing stands apart in it.
MIN_STRETCHES = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """Blocks [start, end), with the keys and addresses of their links."""

    start: int
    end: int
    keys: frozenset[str]
    urls: tuple[str, ...]


def find_stretches(page: Page) -> Iterator[Stretch]:
    """Yield what stands between rules and headings, without the rules."""
    start = 0
    for place, block in enumerate(page.blocks):
        if block.kind == "rule":
            yield from _stretch(page, start, place)
            start = place + 1
        elif block.kind == "heading" and place > start:
            yield from _stretch(page, start, place)
            start = place
    yield from _stretch(page, start, len(page.blocks))


def is_apart(stretch: Stretch, stretches: Sequence[Stretch], page: Page) -> bool:
    """Tell a stretch of one company that the rest of the issue neither links nor names."""
    if len(stretch.keys) != 1 or not all(page.is_companys(url) for url in stretch.urls):
        return False
    (key,) = stretch.keys
    others = [each for each in stretches if each is not stretch]
    if any(stretch.keys & each.keys for each in others) or not any(each.keys for each in others):
        return False
    brand = name_key(key.split(".", 1)[0])
    rest = (block.text for each in others for block in page.blocks[each.start : each.end])
    return len(brand) < 4 or not any(brand in name_key(text) for text in rest)


def _stretch(page: Page, start: int, end: int) -> Iterator[Stretch]:
    if start < end:
        own = page.blocks[start:end]
        keys = frozenset(key for place in range(start, end) for key in page.keys_at(place))
        urls = tuple(anchor.url for block in own for anchor in block.anchors)
        yield Stretch(start=start, end=end, keys=keys, urls=urls)
