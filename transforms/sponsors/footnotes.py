"""Links that carry a sign, where a footnote says of the sign that they are paid: "*sponsored"."""

import re

from transforms.sponsors.labels import Hit, spans_of
from transforms.sponsors.page import Extent, Page, extent_of

_SIGN = re.compile(r"\s*(?P<sign>\*{1,3}|[†‡§¹²³])\s*[=:–—-]?\s*(?=\w)")
_BEHIND = re.compile(r"\*+|[†‡§¹²³]")
_AT_END = re.compile(r"(?:\*+|[†‡§¹²³])$")


def find_footnoted(page: Page) -> dict[int, tuple[Extent, ...]]:
    """Return placements by the block they stand in; a footnote's own block has none.

    The sign stands right behind the link, as in "[Ship faster](link)*", or closes its words. The
    first footnote that explains a sign explains it for all that stands above.
    """
    found: dict[int, tuple[Extent, ...]] = {}
    explained: set[str] = set()
    for note, block in enumerate(page.blocks):
        match = _SIGN.match(block.text)
        hit = page.label_at(note) if match and match["sign"] not in explained else None
        if match is None or hit is None or not _explains(hit):
            continue
        sign = match["sign"]
        explained.add(sign)
        marked = [place for place in range(note) if _carries(page, place, sign)]
        if marked:
            found[note] = ()
        for place in marked:
            title = page.blocks[place].text.replace(sign, "").strip()
            name = hit.name if len(marked) == 1 else None
            found[place] = (
                extent_of(place, place + 1, hit, headline=title, named=name, has_head=False),
            )
    return found


def _explains(hit: Hit) -> bool:
    """Tell a label that says so for sure: "*presented by Ada" may be of a talk."""
    return hit.rule.carrier in ("alone", "names") and not hit.rule.is_weak


def _carries(page: Page, place: int, sign: str) -> bool:
    """Tell a block whose link leads to a company and carries a sign, and no longer one."""
    block = page.blocks[place]
    if sign not in block.text or _SIGN.match(block.text) or not page.leads_away((place,)):
        return False
    text = block.text
    ends = [end for _, end, _ in spans_of(block)]
    shown = [_BEHIND.match(text, end) for end in ends]
    shown += [_AT_END.search(anchor.text) for anchor in block.anchors]
    return any(match[0] == sign for match in shown if match)
