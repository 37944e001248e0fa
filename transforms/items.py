"""Items of a round-up: where each begins, and which sections of a digest are its items.

Three shapes are told apart. Headings of their own ("Title (5 minute read)") are sections anyway.
A line that is a link, that opens with one and goes on after a dash ("Title — what it says"), or
whose title is in bold type before text with links, begins an item where such lines carry most of
the text. A heading over nothing but items is a
rubric ("Tools", "In brief"), no item itself.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from transforms.blocks import Anchor, Block

# A text is a list of items when so many lines open with links to read elsewhere …
LEAST_ITEMS = 4
# … they are so many of its lines, and they and what follows them are so much of its words …
LEAST_LINE_SHARE = 0.25
LEAST_WORD_SHARE = 0.5
# … and they are brief: a linked line over pages of text is no item of a round-up.
MOST_ITEM_WORDS = 150
# Lines to one page are its table of contents.
LEAST_PAGE_SHARE = 0.75

# Shorter links are names and "Read more".
LEAST_TITLE_CHARS = 8
LEAST_TITLE_WORDS: Mapping[str, int] = {"list_item": 2, "paragraph": 3}

# A title in bold type stands before a text and is no sentence of it.
MOST_TITLE_WORDS = 12
LEAST_REST_WORDS = 5

_PICTURES = re.compile(r"[\W\d_]{0,8}$")
# What follows a title in its line: a dash and text, "by" and an author, "(5 minute read)".
_SEPARATOR = re.compile(
    r"\s*(?:[—–|]|-(?=\s)|:)\s+|\s+(?=(?:by|from)\s+[A-Z@])|\s*(?=\([^)]{1,60}\)$)"
)
_SENTENCE_END = (".", "!", "?", "…")

_OWN = ("editorial", "digest_item")


@dataclass(frozen=True, slots=True)
class ItemTitle:
    """The line an item opens with: its title as a heading, what it says after, what it links."""

    head: Block
    rest: Block | None
    url: str


def read_item_title(block: Block) -> ItemTitle | None:
    """Return the title of a line that opens with a link to read, or with bold type before one."""
    least_words = LEAST_TITLE_WORDS.get(block.kind)
    if least_words is None or not block.anchors:
        return None
    return _linked_title(block, least_words) or _bold_title(block)


def _bold_title(block: Block) -> ItemTitle | None:
    """Return the title of "**A title.** Text with a link to it", None without one of these."""
    title, rest = block.lead.strip(" .:—–-"), block.text[len(block.lead) :].lstrip(" .:—–-")
    link = next((anchor for anchor in block.anchors if _is_page(anchor)), None)
    is_title = len(title) >= LEAST_TITLE_CHARS and 2 <= len(title.split()) <= MOST_TITLE_WORDS
    if link is None or not is_title or len(rest.split()) < LEAST_REST_WORDS:
        return None
    return ItemTitle(
        head=Block("heading", title),
        rest=Block(block.kind, rest, block.level, block.anchors),
        url=link.url,
    )


def _linked_title(block: Block, least_words: int) -> ItemTitle | None:
    link = block.anchors[0]
    title = link.text.strip()
    start = block.text.find(title) if title else -1
    is_title = len(title) >= LEAST_TITLE_CHARS and len(title.split()) >= least_words
    if not is_title or not _is_page(link) or not _PICTURES.match(block.text[: max(start, 0)]):
        return None
    end = start + len(title)
    rest = _rest(block, title, end)
    if rest is None:
        return None
    own = tuple(block.anchors[1:])
    return ItemTitle(
        head=Block("heading", title, 0, (Anchor(title, link.url),)),
        rest=Block(block.kind, rest, block.level, own) if rest or own else None,
        url=link.url,
    )


def _rest(block: Block, title: str, end: int) -> str | None:
    """Return what a line says after its title; None where the title runs on into the sentence."""
    after = block.text[end:]
    if not after.strip(" .…"):
        return ""
    if any(end <= place <= end + 2 for place in block.breaks):
        return after.strip()
    if separator := _SEPARATOR.match(after):
        return after[separator.end() :].strip()
    return after.strip() if title.endswith(_SENTENCE_END) else None


def _is_page(link: Anchor) -> bool:
    return link.url.startswith(("http://", "https://")) and not (link.is_image or link.is_button)


def find_items(
    blocks: Sequence[Block], stretches: Iterable[tuple[int, int]]
) -> dict[int, ItemTitle]:
    """Return the titles of a round-up's items by block; {} where a text is no list of items.

    `stretches` are the editorial parts of the text: the start and exclusive end of each.
    """
    places = [place for start, end in stretches for place in range(start, end)]
    titles = {place: title for place in places if (title := read_item_title(blocks[place]))}
    repeated = Counter(title.head.text for title in titles.values())
    titles = {place: each for place, each in titles.items() if repeated[each.head.text] == 1}
    return titles if _is_round_up(blocks, places, titles) else {}


def _is_round_up(
    blocks: Sequence[Block], places: Sequence[int], titles: Mapping[int, ItemTitle]
) -> bool:
    lines = [place for place in places if blocks[place].text and blocks[place].kind != "heading"]
    pages = {title.url.partition("#")[0] for title in titles.values()}
    linked_headings = sum(
        blocks[place].kind == "heading" and blocks[place].is_linked_only for place in places
    )
    if len(titles) < max(LEAST_ITEMS, LEAST_LINE_SHARE * len(lines), linked_headings) or len(
        pages
    ) < LEAST_PAGE_SHARE * len(titles):
        return False
    words = {place: len(blocks[place].text.split()) for place in lines}
    starts = [*sorted(titles), places[-1] + 1]
    lengths = [
        sum(count for place, count in words.items() if start <= place < end)
        for start, end in pairwise(starts)
    ]
    is_brief = median(lengths) <= MOST_ITEM_WORDS
    return is_brief and sum(lengths) >= LEAST_WORD_SHARE * sum(words.values())


@dataclass(frozen=True, slots=True)
class Outline:
    """What tells whether a section is an item: how deep it stands, what it has, its role."""

    level: int
    heading: str | None
    word_count: int
    role: str


def item_roles(outlines: Sequence[Outline], *, is_digest: bool) -> tuple[str, ...]:
    """Return the role of each section of an article, in order: headed ones of a digest are items.

    A heading without words of its own over deeper ones is a rubric, one that stands over all
    others the issue's own title, and both stay editorial. Sections
    that are paid, own offers, references or furniture keep their role.
    """
    return tuple(
        outline.role
        if outline.role not in _OWN
        else "digest_item"
        if is_digest and outline.heading is not None and not _is_rubric(outlines, number)
        else "editorial"
        for number, outline in enumerate(outlines)
    )


def _is_rubric(outlines: Sequence[Outline], number: int) -> bool:
    outline = outlines[number]
    below = next((each for each in outlines[number + 1 :] if each.role in _OWN), None)
    if below is None or below.level <= outline.level:
        return False
    others = [each for each in outlines if each is not outline and each.role in _OWN]
    is_title = all(each.level > outline.level for each in others if each.heading is not None)
    return outline.word_count == 0 or is_title
