"""Links that carry a sign, where a footnote says of the sign that they are paid: "*sponsored"."""

import re

from transforms.sponsors.labels import spans_of
from transforms.sponsors.page import Extent, Page, extent_of

_SIGN = re.compile(r"^\s*(?P<sign>\*{1,3}|†|‡|§|¹|²|³)\s*[=:–—-]?\s*(?=\w)")


def find_footnoted(page: Page) -> dict[int, tuple[Extent, ...]]:
    """Return placements by the block they stand in; a footnote's own block has none.

    The sign stands right behind the link, as in "[Ship faster](link)*", or ends its block.
    """
    found: dict[int, tuple[Extent, ...]] = {}
    for note, block in enumerate(page.blocks):
        match = _SIGN.match(block.text)
        hit = page.label_at(note) if match else None
        if match is None or hit is None or hit.rule.carrier not in ("alone", "names"):
            continue
        marked = [place for place in range(note) if _carries(page, place, match["sign"])]
        if marked:
            found[note] = ()
        for place in marked:
            title = page.blocks[place].text.replace(match["sign"], "").strip()
            name = hit.name if len(marked) == 1 else None
            found[place] = (
                extent_of(place, place + 1, hit, headline=title, named=name, has_head=False),
            )
    return found


def _carries(page: Page, place: int, sign: str) -> bool:
    """Tell a block whose link leads to a company and carries a sign."""
    block = page.blocks[place]
    if sign not in block.text or _SIGN.match(block.text) or not page.leads_away((place,)):
        return False
    text = block.text.rstrip()
    ends = {end for _, end, _ in spans_of(block)}
    behind = any(text.startswith(sign, end) and text[end - 1] != sign for end in ends)
    within = any(text[:end].endswith(sign) for end in ends)
    return behind or within
