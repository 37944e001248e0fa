"""The forms in which labels are set, each read to the placements it marks."""

from collections.abc import Callable
from dataclasses import replace

from transforms.sponsors.copy_end import MAX_BYLINE_BLOCKS, find_above, find_copy_end
from transforms.sponsors.labels import CJK, Hit, opens_with_link
from transforms.sponsors.lists import is_plural, read_items, read_logos, read_row, read_subheadings
from transforms.sponsors.names import clean_name, names_behind
from transforms.sponsors.page import Extent, Page, extent_of
from transforms.sponsors.parties import names_sponsors

# So many words after a label are copy of their own, not only a name.
MIN_COPY_WORDS = 12
# A heading of so many words behind a label is a name.
MAX_HEAD_NAME_WORDS = 3
# A block of so many letters whose title is labelled holds its copy too.
MAX_TITLE_CHARS = 160

Carrier = Callable[[Page, int, Hit, int], tuple[Extent, ...]]


def read_title(page: Page, place: int, hit: Hit, _floor: int) -> tuple[Extent, ...]:
    """Return the placement of a label in a title: the copy follows."""
    block = page.blocks[place]
    is_head = block.kind == "heading" or block.is_linked_only or len(block.text) < MAX_TITLE_CHARS
    rest = (block.text[: hit.start] + block.text[hit.end :]).strip(" -–—|·:")
    end = find_copy_end(page, place)
    if hit.rule.needs_link and not page.leads_away(range(place, end)):
        return ()
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
    named = names_behind(block, hit) if is_plural(hit) else ()
    if len({each.url for each in named if each.url}) > 1:
        return read_row(place, hit, named)
    is_short = len(rest.split()) < MIN_COPY_WORDS
    is_head = block.kind == "heading" or (is_short and block.is_linked_only)
    end = find_copy_end(page, place)
    if hit.rule.needs_link and not page.leads_away(range(place, end)):
        return ()
    if page.has_links and not any(page.keys_at(each) for each in range(place, end)):
        return ()  # "Ad: a history" is a heading of an article
    extent = extent_of(place, end, hit, headline=rest if is_head else None, has_head=is_head)
    # "Sponsor: Acme" over copy that leads nowhere but to the publisher's own redirector.
    is_named = block.kind == "heading" and not page.leads_away(range(place, end))
    name = clean_name(rest) if is_named and len(rest.split()) <= MAX_HEAD_NAME_WORDS else None
    return (replace(extent, named=hit.name or name, skipped=0 if is_head else hit.end),)


def read_alone(page: Page, place: int, hit: Hit, floor: int) -> tuple[Extent, ...]:
    """Return the placements of a label in a block of its own, above its copy or a list."""
    if page.blocks[place].kind == "image":
        return (extent_of(place, place + 1, hit, has_head=False),)
    if _closes_quote(page, place):
        return read_byline(page, place, hit, floor)
    first = _next_text(page, place + 1)
    if several := _read_several(page, place, first, hit):
        return several
    if banner := _read_banner(page, place, first, hit):
        return (banner,)
    if first is None or not _can_follow(page, place, first):
        above = find_above(page, place, hit, floor)
        return (above,) if above else ()
    return _read_copy(page, place, first, hit)


def _read_copy(page: Page, place: int, first: int, hit: Hit) -> tuple[Extent, ...]:
    """Return the placement of a lone label and the copy that begins below it."""
    end = find_copy_end(page, place, first)
    if hit.rule.needs_link and not page.leads_away(range(place, end)):
        return ()
    head = page.blocks[first]
    headline = head.text if head.kind == "heading" or head.is_linked_only else None
    named = _named_within(page, first, end)
    return (extent_of(place, end, hit, headline=headline, named=named),)


def _read_banner(page: Page, place: int, first: int | None, hit: Hit) -> Extent | None:
    """Return the placement of a label above a linked picture that is all of the advert."""
    picture = place + 1
    is_picture = picture < len(page.blocks) and page.blocks[picture].kind == "image"
    if not is_picture or not page.leads_away((picture,)):
        return None
    keys = page.keys_at(picture)
    if any("/" in key for key in keys):
        return None  # a short link names nobody: the copy must
    below = range(picture + 1, min(len(page.blocks), picture + MAX_BYLINE_BLOCKS + 2))
    if first is not None and not page.label_at(first):
        copy = (each for each in below if page.blocks[each].anchors)
        found = next(copy, None)
        if found is not None and keys & page.keys_at(found):
            return None  # the copy goes on below
        if page.blocks[first].kind != "heading" and found is None:
            return None
    return extent_of(place, picture + 1, hit)


def _read_several(page: Page, place: int, first: int | None, hit: Hit) -> tuple[Extent, ...]:
    """Return the placements of a list, a row of logos or headings below a lone label."""
    block = page.blocks[place]
    is_many = is_plural(hit) or (block.kind == "heading" and bool(CJK.search(hit.text)))
    if is_many and (logos := read_logos(page, place, hit)):
        return logos
    if first is None or not (is_many or page.blocks[first].kind == "list_item"):
        return ()
    items = read_items(page, place, first, hit)
    items = items or (read_subheadings(page, place, first, hit) if is_many else ())
    return items if block.kind != "list_item" else ()


def read_byline(page: Page, place: int, hit: Hit, floor: int) -> tuple[Extent, ...]:
    """Return the placement of a label under its copy."""
    above = find_above(page, place, hit, floor)
    return (above,) if above else ()


def read_credit(page: Page, place: int, hit: Hit, floor: int) -> tuple[Extent, ...]:
    """Return the placement of a label that ends its copy; the title may stand above it."""
    before = page.blocks[place - 1] if place > floor else None
    is_titled = before is not None and (before.kind == "heading" or opens_with_link(before))
    own = (place - 1, place) if is_titled else (place,)
    if hit.rule.needs_link and not page.leads_away(own):
        return ()
    has_link = page.leads_away((place,))
    is_above = is_titled and not page.label_at(place - 1)
    is_one = bool(page.keys_at(place) & page.keys_at(place - 1)) if is_above else False
    if before and is_above and (before.kind == "heading" or not has_link or is_one):
        extent = extent_of(place - 1, place + 1, hit, headline=before.text, named=hit.name)
        return (extent,)
    return (extent_of(place, place + 1, hit, named=hit.name, has_head=False),)


def read_names(page: Page, place: int, hit: Hit, floor: int) -> tuple[Extent, ...]:
    """Return the placements of a label before names: one with its copy, or several in a row."""
    block = page.blocks[place]
    named = names_behind(block, hit)
    rest = block.text[hit.end :].strip(" .:!…")
    if not named and not rest:
        return _read_unnamed(page, place, hit)
    if not named or not names_sponsors(page, place, hit, named):
        return ()
    if len(named) > 1:
        return read_row(place, hit, named)
    extent = _read_named(page, place, hit, floor, named[0].name)
    if hit.rule.needs_link and not page.leads_away(range(extent.start, extent.end)):
        return ()
    return (extent,)


def _read_named(page: Page, place: int, hit: Hit, floor: int, name: str) -> Extent:
    block = page.blocks[place]
    rest = block.text[hit.end :]
    is_line = len(rest.split()) < MIN_COPY_WORDS and not _says_more(block.text[: hit.start])
    is_above = is_line or block.kind == "heading"
    end = find_copy_end(page, place) if is_above else place + 1
    if is_line and end == place + 1 and block.kind != "heading":
        above = find_above(page, place, hit, floor)
        if above and page.keys_at(place) & page.keys_at(above.start):
            return replace(above, named=name)
    return extent_of(place, end, hit, named=name, has_head=is_line and end > place + 1)


def _says_more(before: str) -> bool:
    """Tell words before a label from emoji and signs."""
    return sum(letter.isalnum() for letter in before) > 3


def _read_unnamed(page: Page, place: int, hit: Hit) -> tuple[Extent, ...]:
    """Read a label such as "Sponsored by:" that ends its block: a list or a block follows."""
    first = _next_text(page, place + 1, pictures=True)
    if _ends_in_picture(page, place, first):
        return (extent_of(place - 1, place + 1, hit, has_head=False),)
    if first is None:
        return ()
    items = read_items(page, place, first, hit)
    if items:
        return items
    following = page.blocks[first]
    is_open = bool(following.anchors) or not page.has_links or following.kind == "heading"
    if not is_open and (hit.rule.is_weak or not _can_follow(page, place, first)):
        return ()
    is_line = len(following.text.split()) <= 6 and following.kind != "image"
    end = max(find_copy_end(page, place, first), first + 1)
    return (extent_of(place, end, hit, named=following.text if is_line else None),)


def _ends_in_picture(page: Page, place: int, first: int | None) -> bool:
    """Tell a sentence that ends in a linked logo: the picture is the block before it."""
    is_linked = (
        place > 0 and page.blocks[place - 1].kind == "image" and page.leads_away((place - 1,))
    )
    return is_linked and (first is None or page.blocks[first].kind != "image")


def _named_within(page: Page, first: int, end: int) -> str | None:
    """Return the name a second label gives: "Sponsor", then "This issue is brought to you by"."""
    for place in range(first, min(first + 2, end)):
        hit = page.label_at(place)
        if hit and hit.rule.carrier == "names":
            named = names_behind(page.blocks[place], hit)
            return named[0].name if named else None
    return None


def _closes_quote(page: Page, place: int) -> bool:
    """Tell a label in the last line of a quotation: what stands above it is its copy."""
    kinds = [block.kind for block in page.blocks[max(0, place - 1) : place + 2]]
    return kinds[:2] == ["quote", "quote"] and kinds[2:] != ["quote"]


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
    "lead": read_opening,
    "alone": read_alone,
    "byline": read_byline,
    "credit": read_credit,
    "names": read_names,
}
