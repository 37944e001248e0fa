"""HTML to blocks in one pass. The only module that knows an HTML parser."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import cast

from bs4 import BeautifulSoup, Comment, Doctype, NavigableString, ProcessingInstruction, Tag

from transforms.blocks import Anchor, Block, BlockKind
from transforms.urls import absolute_url

# A page nested deeper than this is broken or hostile; what lies below is read as text.
MAX_DEPTH = 150

_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_FLOWS: dict[str, BlockKind] = {
    "li": "list_item",
    "blockquote": "quote",
    "figcaption": "caption",
    "caption": "caption",
    "tr": "table",
    "dt": "paragraph",
    "dd": "paragraph",
}
_BREAKS = {
    "p", "div", "section", "article", "header", "footer", "main", "aside", "figure", "ul", "ol", "dl",
    "table", "thead", "tbody", "tfoot", "details", "summary", "address", "center", "fieldset", "body", "html",
}  # fmt: skip
_SPACE = re.compile(r"[ \t\r\n\f\v\u00a0]+")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufeff\ufffe\uffff]|[\ud800-\udfff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Furniture:
    """Markup that is no part of an article, as data (lexicons/furniture.toml)."""

    tags: frozenset[str] = frozenset({"script", "style", "noscript", "template", "head"})
    components: frozenset[str] = frozenset()
    classes: frozenset[str] = frozenset()
    pixel_hosts: tuple[str, ...] = ()


@dataclass(slots=True)
class _Run:
    """Text and links gathered for the block that is being read."""

    kind: BlockKind
    level: int = 0
    text: list[str] = field(default_factory=list)
    anchors: list[Anchor] = field(default_factory=list)


def parse_blocks(
    markup: str, base_url: str | None = None, furniture: Furniture | None = None
) -> tuple[Block, ...]:
    """Return the blocks of an HTML fragment in reading order, links made absolute.

    Furniture, scripts and counting pixels are left out; a paragraph inside a list item is
    that list item; two line breaks part paragraphs. Text never holds markup.
    """
    soup = BeautifulSoup(_CONTROL.sub("", markup), "lxml")
    reader = _Reader(base_url, furniture or Furniture())
    reader.walk(soup, 0)
    reader.flush()
    return tuple(reader.blocks)


def plain_text(markup: str | None) -> str | None:
    """Return a short piece of HTML, such as a summary, as one line of text; None for none."""
    if not markup:
        return None
    if "<" not in markup and "&" not in markup:
        return _tidy(_CONTROL.sub("", markup)) or None
    return _tidy(" ".join(block.text for block in parse_blocks(markup) if block.text)) or None


class _Reader:
    """Walks the tree once and closes a block wherever the markup breaks the flow."""

    def __init__(self, base_url: str | None, furniture: Furniture) -> None:
        self.blocks: list[Block] = []
        self._base = base_url
        self._furniture = furniture
        self._run = _Run("paragraph")
        self._list_depth = 0

    def walk(self, parent: Tag, depth: int) -> None:
        for child in parent.children:
            if isinstance(child, Tag):
                self._element(child, depth)
            elif not isinstance(child, Comment | Doctype | ProcessingInstruction):
                self._run.text.append(str(cast(NavigableString, child)))

    def flush(self) -> None:
        """Close the current block, two line breaks in it parting paragraphs."""
        run, self._run = self._run, _Run(self._run.kind, self._run.level)
        text = "".join(run.text)
        if run.kind == "code":
            pieces = [text.strip("\n")]
        else:
            pieces = [tidy for piece in re.split(r"\x00(?:\s*\x00)+", text) if (tidy := _tidy(piece))]
        for place, piece in enumerate(pieces):
            anchors = run.anchors if len(pieces) == 1 else _within(run.anchors, piece, place == 0)
            if piece:
                self.blocks.append(Block(run.kind, piece, run.level, tuple(anchors)))

    def _element(self, tag: Tag, depth: int) -> None:
        name = tag.name
        if self._is_furniture(tag):
            return
        if depth > MAX_DEPTH:
            self._run.text.append(tag.get_text(" "))
        elif name == "br":
            self._run.text.append("\x00")
        elif name == "hr":
            self._single(Block("rule"))
        elif name == "img":
            self._image(tag)
        elif name in ("iframe", "video", "audio", "embed"):
            self._embed(tag)
        elif name == "a":
            self._anchor(tag, depth)
        elif name == "pre":
            self._block(tag, "code", 0, depth)
        elif name in _HEADINGS:
            self._block(tag, "heading", _HEADINGS[name], depth)
        elif name in _FLOWS:
            self._block(tag, _FLOWS[name], self._list_depth if name == "li" else 0, depth)
        elif name in _BREAKS:
            self._container(tag, depth)
        else:
            self._inline(tag, depth)

    def _inline(self, tag: Tag, depth: int) -> None:
        if tag.name in ("td", "th"):
            self._run.text.append(" ")
        self.walk(tag, depth + 1)
        if tag.name in ("td", "th"):
            self._run.text.append(" ")

    def _container(self, tag: Tag, depth: int) -> None:
        """Read an element that parts text but says nothing of its kind (p, div, ul, ...)."""
        is_list = tag.name in ("ul", "ol")
        self.flush()
        self._list_depth += is_list
        self.walk(tag, depth + 1)
        self._list_depth -= is_list
        self.flush()

    def _block(self, tag: Tag, kind: BlockKind, level: int, depth: int) -> None:
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

    def _single(self, block: Block) -> None:
        self.flush()
        self.blocks.append(block)

    def _anchor(self, tag: Tag, depth: int) -> None:
        url = absolute_url(_attribute(tag, "href"), self._base)
        before, count = len(self._run.text), len(self.blocks)
        self.walk(tag, depth + 1)
        if not url or url.startswith(("#", "javascript:", "data:", "vbscript:")):
            return
        text = _tidy("".join(self._run.text[before:]))
        made = self.blocks[count:]
        if any(block.kind == "image" for block in made) and not text:
            self._link_images(count, url)
            return
        if not text:
            text = _tidy(" ".join(block.text for block in made))
        self._run.anchors.append(Anchor(text, url, is_button="button" in tag.get("class", [])))
        if made and not "".join(self._run.text).strip():
            self.flush_anchors_into_last()

    def flush_anchors_into_last(self) -> None:
        """Give links around whole blocks (`<a><h2>..</h2></a>`) to the block they hold."""
        last = next((i for i in range(len(self.blocks) - 1, -1, -1) if self.blocks[i].text), None)
        if last is None:
            return
        old = self.blocks[last]
        anchors = (*old.anchors, *self._run.anchors)
        self.blocks[last] = Block(old.kind, old.text, old.level, anchors, old.image_url)
        self._run.anchors = []

    def _link_images(self, start: int, url: str) -> None:
        for place in range(start, len(self.blocks)):
            old = self.blocks[place]
            if old.kind == "image":
                link = Anchor("", url, is_image=True)
                self.blocks[place] = Block("image", old.text, 0, (*old.anchors, link), old.image_url)

    def _image(self, tag: Tag) -> None:
        source = absolute_url(_attribute(tag, "src") or _attribute(tag, "data-src"), self._base)
        if not source or any(host in source for host in self._furniture.pixel_hosts):
            return
        if _attribute(tag, "width") in ("0", "1") and _attribute(tag, "height") in ("0", "1", None):
            return
        # A picture within a sentence (an emoji, a badge) does not break the sentence.
        self.blocks.append(Block("image", _tidy(_attribute(tag, "alt") or ""), image_url=source))

    def _embed(self, tag: Tag) -> None:
        source = absolute_url(_attribute(tag, "src") or _attribute(tag, "data-src"), self._base)
        if source:
            title = _tidy(_attribute(tag, "title") or "")
            self._single(Block("embed", title, 0, (Anchor(title, source),)))

    def _is_furniture(self, tag: Tag) -> bool:
        if tag.name in self._furniture.tags:
            return True
        if not tag.attrs:
            return False
        if tag.get("data-component-name") in self._furniture.components:
            return True
        classes = tag.get("class")
        return bool(classes) and not self._furniture.classes.isdisjoint(classes)


def _within(anchors: list[Anchor], piece: str, is_first: bool) -> Iterator[Anchor]:  # noqa: FBT001
    return (link for link in anchors if link.text in piece and (link.text or is_first))


def _attribute(tag: Tag, name: str) -> str | None:
    value = tag.get(name)
    return value if isinstance(value, str) else None


def _tidy(text: str) -> str:
    return _SPACE.sub(" ", text.replace("\x00", " ")).strip()
