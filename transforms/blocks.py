"""Blocks: what an article is made of once its markup is gone."""

from dataclasses import dataclass, field
from itertools import pairwise
from typing import Literal

BlockKind = Literal[
    "heading",
    "paragraph",
    "list_item",
    "quote",
    "code",
    "table",
    "caption",
    "rule",
    "image",
    "embed",
]


@dataclass(frozen=True, slots=True)
class Anchor:
    """A link of a block: its words and address; a linked picture has no words."""

    text: str
    url: str
    is_image: bool = False
    is_button: bool = False
    is_sponsored: bool = field(default=False, compare=False)
    """True where the markup says so (`rel="sponsored"`)."""


@dataclass(frozen=True, slots=True)
class Mark:
    """An element whose attributes call it an advertisement, as in `class="sponsor-block"`."""

    number: int
    """Order of the element in its page, from 1."""
    text: str
    """The attribute that says so."""


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, paragraph, list item, picture, ... as plain text with its links."""

    kind: BlockKind
    text: str = ""
    level: int = 0
    """Heading level 1 to 6, or depth of a list item."""
    anchors: tuple[Anchor, ...] = ()
    image_url: str | None = None
    """Picture address of an image block; its alternative text is `text`."""
    breaks: tuple[int, ...] = field(default=(), compare=False)
    """Where in `text` the markup breaks a line without beginning a paragraph."""
    lead: str = field(default="", compare=False)
    """The words in bold type that it opens with."""
    marks: tuple[Mark, ...] = field(default=(), compare=False)
    """The elements around it that are marked as advertisements, the outermost first."""

    @property
    def is_linked_only(self) -> bool:
        """True when a link says all that the block says."""
        return bool(self.text) and any(
            anchor.text.strip() == self.text.strip() for anchor in self.anchors
        )


def lines_of(block: Block) -> tuple[Block, ...]:
    """Return the lines of a block as blocks of their own, each with its links."""
    if not block.breaks:
        return (block,)
    edges = [0, *block.breaks, len(block.text)]
    spans = list(pairwise(edges))
    held: list[list[Anchor]] = [[] for _ in spans]
    cursor = 0
    for anchor in block.anchors:
        found = block.text.find(anchor.text, cursor) if anchor.text else cursor
        cursor = max(cursor, found)
        place = sum(edge <= cursor for edge in block.breaks)
        held[place].append(anchor)
        cursor += len(anchor.text) if found >= 0 else 0
    return tuple(
        Block(
            block.kind,
            block.text[start:end].strip(),
            block.level,
            tuple(anchors),
            marks=block.marks,
        )
        for (start, end), anchors in zip(spans, held, strict=True)
    )


def text_of(blocks: tuple[Block, ...] | list[Block]) -> str:
    """Return blocks as plain text, parted by a newline; pictures and rules say nothing."""
    return "\n".join(
        block.text
        for block in blocks
        if block.text and block.kind not in ("image", "rule", "embed")
    )
