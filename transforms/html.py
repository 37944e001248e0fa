"""HTML to blocks in one pass over the tree that markup.py reads."""

import re
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass, field

from transforms.blocks import Anchor, Block, BlockKind, Mark
from transforms.furniture import Furniture
from transforms.markings import find_mark, may_mark, says_sponsored
from transforms.markup import Element, as_bytes, read_tree
from transforms.urls import absolute_url, split_urls
from transforms.whitespace import code, line_breaks, tidy

# A page nested deeper than this is broken or hostile; what lies below is read as text.
MAX_DEPTH = 150

_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_FLOWS: dict[str, BlockKind] = {
    "li": "list_item",
    "blockquote": "quote",
    "figcaption": "caption",
    "caption": "caption",
    "dt": "paragraph",
    "dd": "paragraph",
    "pre": "code",
}
_LISTS = frozenset({"ul", "ol", "menu", "dir"})
_BREAKS = _LISTS | {
    "p", "div", "section", "article", "header", "footer", "main", "aside", "figure", "dl", "table",
    "thead", "tbody", "tfoot", "details", "summary", "address", "center", "fieldset", "body",
    "html", "nav", "hgroup", "tr", "td", "th", "legend", "picture", "noframes",
}  # fmt: skip
_EMBEDS = ("iframe", "video", "audio", "embed")
# What a cell of data does not hold: e-mail newsletters lay whole articles out in tables.
_BOLD = frozenset({"strong", "b"})
_LAYOUT = frozenset({"table", "ul", "ol", "hr", "blockquote", "pre", "img", "iframe", *_HEADINGS})
# A cell with more text than this is a column of an article, not data.
MAX_CELL_CHARS = 400
# What stands before this many pieces of blank text opens nothing; hostile markup has thousands.
MOST_LEAD_PARTS = 20
_DEAD_SCHEMES = ("javascript:", "data:", "vbscript:", "about:", "blob:")
_PARTING = re.compile(r"\x00(?:\s*\x00)+")
_PICTURE_SOURCES = ("src", "data-src", "data-lazy-src", "data-original", "data-orig-file")


@dataclass(slots=True)
class _Run:
    """Text and links gathered for the block that is being read."""

    kind: BlockKind
    level: int = 0
    text: list[str] = field(default_factory=list)
    anchors: list[tuple[int, Anchor]] = field(default_factory=list)
    """Links, each with where in `text` its words begin."""
    lead: int = 0
    """How many parts of `text` stand in the bold type it opens with."""


def parse_blocks(
    markup: str, base_url: str | None = None, furniture: Furniture | None = None
) -> tuple[Block, ...]:
    """Return the blocks of an HTML fragment in reading order, links made absolute.

    Furniture, scripts, hidden text and counting pixels are left out; a paragraph inside a list
    item is that list item; two line breaks part paragraphs; a table of data gives one block a
    row, a table that lays out a page what its cells hold. Text never holds markup.
    """
    root = read_tree(markup)
    if root is None:
        return ()
    furniture = furniture or _PLAIN
    is_marking = may_mark(markup, furniture.mark_words)
    reader = _Reader(base_url, furniture, is_marking=is_marking)
    reader.walk(root, 0)
    reader.flush()
    return tuple(reader.blocks)


def plain_text(markup: str | None) -> str | None:
    """Return a short piece of HTML, such as a summary, as one line of text; None for none."""
    if not markup:
        return None
    if "<" not in markup and "&" not in markup:
        return tidy(as_bytes(markup).decode("utf-8")) or None
    return tidy(" ".join(block.text for block in parse_blocks(markup) if block.text)) or None


_PLAIN = Furniture()


class _Reader:
    """Walks the tree once and closes a block wherever the markup breaks the flow."""

    def __init__(self, base_url: str | None, furniture: Furniture, *, is_marking: bool) -> None:
        self.blocks: list[Block] = []
        self._marks: tuple[Mark, ...] = ()
        self._mark_count = 0
        self._is_marking = is_marking
        self._base = base_url
        self._furniture = furniture
        self._run = _Run("paragraph")
        self._list_depth = 0
        self._is_in_row = False
        # Elements without content of their own.
        self._leaves: dict[str, Callable[[Element], None]] = {
            "br": self._line_break,
            "hr": self._rule,
            "img": self._image,
            **dict.fromkeys(_EMBEDS, self._embed),
        }
        self._inline: dict[str, Callable[[Element, int], None]] = {
            "a": self._anchor,
            **dict.fromkeys(_BOLD, self._bold),
        }

    def walk(self, parent: Element, depth: int) -> None:
        """Read what an element holds, in order."""
        text = self._run.text
        if parent.text:
            text.append(parent.text)
        for child in parent:
            self._element(child, depth)
            if child.tail:
                self._run.text.append(child.tail)

    def flush(self) -> None:
        """Close the current block, two line breaks in it parting paragraphs."""
        run = self._run
        self._run = _Run(run.kind, run.level)
        if not run.text and not run.anchors:
            return
        if run.kind == "code":
            self._add(run, code("".join(run.text)), [anchor for _, anchor in run.anchors])
            return
        text = "".join(run.text)
        if "\x00" not in text or not _PARTING.search(text):
            self._add(run, tidy(text), [anchor for _, anchor in run.anchors], line_breaks(text))
            return
        self._add_pieces(run, text)

    def _add_pieces(self, run: _Run, text: str) -> None:
        starts = [0, *(gap.end() for gap in _PARTING.finditer(text))]
        held: list[list[Anchor]] = [[] for _ in starts]
        places = _offsets(run.text)
        for part, anchor in run.anchors:
            held[bisect_right(starts, places[part]) - 1].append(anchor)
        pieces = _PARTING.split(text)
        for piece, anchors in zip(pieces, held, strict=True):
            self._add(run, tidy(piece), anchors, line_breaks(piece))

    def _add(
        self, run: _Run, text: str, anchors: list[Anchor], breaks: tuple[int, ...] = ()
    ) -> None:
        if text:
            lead = tidy("".join(run.text[: run.lead])) if run.lead else ""
            lead = lead if text.startswith(lead) else ""  # of the first piece of several
            made = Block(run.kind, text, run.level, tuple(anchors), None, breaks, lead, self._marks)
            self.blocks.append(made)

    def _element(self, tag: Element, depth: int) -> None:
        name = tag.tag
        if not isinstance(name, str) or name in self._furniture.tags:
            return
        if tag.attrib:
            if self._furniture.holds(tag.attrib):
                return
            if self._is_marking and self._is_marked(tag, depth):
                return
        self._read(tag, name, depth)

    def _is_marked(self, tag: Element, depth: int) -> bool:
        """Read an element that is marked as an advertisement, and tell whether it is one."""
        is_whole = _parts_text(tag) and not self._is_in_row and self._run.kind != "code"
        text = find_mark(tag.attrib, self._furniture.mark_words) if is_whole else None
        if text is None:
            return False
        outer = self._marks
        self.flush()
        self._mark_count += 1
        self._marks = (*outer, Mark(self._mark_count, text))
        self._read(tag, tag.tag, depth)
        self.flush()
        self._marks = outer
        return True

    def _read(self, tag: Element, name: str, depth: int) -> None:
        leaf = self._leaves.get(name)
        if leaf:
            leaf(tag)
        elif depth > MAX_DEPTH:
            self._run.text.append(" ".join(tag.itertext()))
        elif name in self._inline:
            self._inline[name](tag, depth)
        elif name == "tr" and _is_data(tag):
            self._row(tag, depth)
        elif name in _HEADINGS:
            self._block(tag, "heading", _HEADINGS[name], depth)
        elif name in _FLOWS:
            self._block(tag, _FLOWS[name], self._list_depth if name == "li" else 0, depth)
        elif name in _BREAKS:
            self._container(tag, depth)
        else:
            self.walk(tag, depth + 1)

    def _bold(self, tag: Element, depth: int) -> None:
        """Read bold type, and remember it where a block opens with it."""
        run = self._run
        is_lead = len(run.text) < MOST_LEAD_PARTS and not "".join(run.text).strip()
        self.walk(tag, depth + 1)
        if is_lead and self._run is run:
            run.lead = len(run.text)

    def _line_break(self, _: Element) -> None:
        self._run.text.append("\n" if self._run.kind == "code" else "\x00")

    def _rule(self, _: Element) -> None:
        self.flush()
        self.blocks.append(Block("rule", marks=self._marks))

    def _container(self, tag: Element, depth: int) -> None:
        """Read an element that parts text but says nothing of its kind (p, div, ul, ...)."""
        if self._is_in_row or self._run.kind == "code":
            self._run.text.append(" " if self._is_in_row else "\n")
            self.walk(tag, depth + 1)
            self._run.text.append(" " if self._is_in_row else "\n")
            return
        is_list = tag.tag in _LISTS
        self.flush()
        self._list_depth += is_list
        self.walk(tag, depth + 1)
        self._list_depth -= is_list
        self.flush()

    def _block(self, tag: Element, kind: BlockKind, level: int, depth: int) -> None:
        if self._is_in_row:
            self._container(tag, depth)
            return
        outer = self._run.kind, self._run.level
        self.flush()
        # A paragraph in a quote or an item is that quote or item; a heading in a list item
        # (Medium, Notion exports) is still a heading.
        if outer[0] in ("heading", "code") and kind != "list_item":
            kind, level = outer
        self._run = _Run(kind, level)
        self.walk(tag, depth + 1)
        self.flush()
        self._run = _Run(*outer)

    def _row(self, tag: Element, depth: int) -> None:
        outer = self._run.kind, self._run.level
        self.flush()
        self._run, self._is_in_row = _Run("table"), True
        self.walk(tag, depth + 1)
        self._is_in_row = False
        self.flush()
        self._run = _Run(*outer)

    def _anchor(self, tag: Element, depth: int) -> None:
        url = absolute_url(tag.get("href"), self._base)
        before, count = len(self._run.text), len(self.blocks)
        self.walk(tag, depth + 1)
        if not url or url.startswith("#") or url.lower().startswith(_DEAD_SCHEMES):
            return
        is_paid = says_sponsored(tag.get("rel"), url, self._furniture.mark_words)
        made = self.blocks[count:]
        # A block closed within the link took the run's text along.
        is_closed = any(block.kind != "image" for block in made)
        text = tidy("".join(self._run.text[0 if is_closed else before :]))
        if not text and any(block.kind == "image" for block in made) and not is_closed:
            self._link_images(count, url, is_paid=is_paid)
            return
        text = text or tidy(" ".join(block.text for block in made))
        place = 0 if is_closed else before
        is_button = "button" in (tag.get("class") or "")
        for piece in split_urls(url):
            made_anchor = Anchor(text, piece, is_button=is_button, is_sponsored=is_paid)
            self._run.anchors.append((place, made_anchor))
        if made and not "".join(self._run.text).strip("\x00 \t\r\n"):
            self._give_anchors_to_last()

    def _give_anchors_to_last(self) -> None:
        """Give links around whole blocks (`<a><h2>..</h2></a>`) to the block they hold."""
        for place in range(len(self.blocks) - 1, -1, -1):
            old = self.blocks[place]
            if old.text and old.kind != "image":
                anchors = (*old.anchors, *(anchor for _, anchor in self._run.anchors))
                self.blocks[place] = Block(
                    old.kind, old.text, old.level, anchors, old.image_url, marks=old.marks
                )
                self._run.anchors = []
                return

    def _link_images(self, start: int, url: str, *, is_paid: bool) -> None:
        links = tuple(
            Anchor("", piece, is_image=True, is_sponsored=is_paid) for piece in split_urls(url)
        )
        for place in range(start, len(self.blocks)):
            old = self.blocks[place]
            if old.kind == "image":
                anchors = (*old.anchors, *links)
                self.blocks[place] = Block(
                    "image", old.text, 0, anchors, old.image_url, marks=old.marks
                )

    def _image(self, tag: Element) -> None:
        alt = tidy(tag.get("alt") or "")
        if alt and not self._furniture.emoji_classes.isdisjoint((tag.get("class") or "").split()):
            self._run.text.append(alt)
            return
        found = (tag.get(name) for name in _PICTURE_SOURCES)
        source = next((url for url in found if url and not url.startswith("data:")), None)
        url = absolute_url(source or _first_of_set(tag), self._base)
        if not url or any(host in url for host in self._furniture.pixel_hosts):
            return
        if tag.get("width") in ("0", "1") and tag.get("height") in ("0", "1", None):
            return
        # A picture within a sentence (a badge) does not break the sentence.
        self.blocks.append(Block("image", alt, image_url=url, marks=self._marks))

    def _embed(self, tag: Element) -> None:
        source = tag.get("src") or tag.get("data-src") or _source_child(tag)
        url = absolute_url(source, self._base)
        if url and not url.lower().startswith(_DEAD_SCHEMES):
            title = tidy(tag.get("title") or "")
            self.flush()
            self.blocks.append(Block("embed", title, 0, (Anchor(title, url),), marks=self._marks))


def _parts_text(tag: Element) -> bool:
    """Tell elements that stand apart; within a sentence a mark marks a word of it."""
    name = tag.tag
    return name in _BREAKS or name in _FLOWS or name in _HEADINGS or name == "ins"


def _is_data(row: Element) -> bool:
    """Tell a row of data from one that lays out a page: several short cells of plain text."""
    cells = [cell for cell in row if cell.tag in ("td", "th")]
    if len(cells) < 2 or any(child.tag in _LAYOUT for child in row.iter()):
        return False
    return all(_length(cell) <= MAX_CELL_CHARS for cell in cells)


def _length(cell: Element) -> int:
    return sum(map(len, cell.itertext()))


def _first_of_set(tag: Element) -> str | None:
    candidates = (tag.get("srcset") or tag.get("data-srcset") or "").split()
    return candidates[0].rstrip(",") if candidates else None


def _source_child(tag: Element) -> str | None:
    child = tag.find("source")
    return None if child is None else child.get("src")


def _offsets(parts: list[str]) -> list[int]:
    """Return where each part begins once they are joined, and where all end."""
    places = [0]
    for part in parts:
        places.append(places[-1] + len(part))
    return places
