"""Blocks: what an article is made of once its markup is gone."""

from dataclasses import dataclass
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

    @property
    def is_linked_only(self) -> bool:
        """True when a link says all that the block says."""
        return bool(self.text) and any(
            anchor.text.strip() == self.text.strip() for anchor in self.anchors
        )


def text_of(blocks: tuple[Block, ...] | list[Block]) -> str:
    """Return blocks as plain text, parted by a newline; pictures and rules say nothing."""
    return "\n".join(
        block.text
        for block in blocks
        if block.text and block.kind not in ("image", "rule", "embed")
    )
