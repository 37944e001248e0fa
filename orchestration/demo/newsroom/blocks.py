"""Parts of a post before any platform has turned them into its own HTML.

Text carries a little markup: `**bold**`, `` `code` `` and `[words](address)`.
"""

from dataclasses import dataclass

from orchestration.demo.newsroom.truth import HousePromotionTruth, PlacementTruth


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A heading of the post's own text."""

    text: str
    level: int = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """A paragraph; a note is set in italics, a label in bold."""

    text: str
    style: str = "plain"


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A list item, with items of its own where the list is nested."""

    text: str
    items: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Bullets:
    """A list, numbered or not."""

    items: tuple[Item, ...]
    is_ordered: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A picture; `name` is 32 hex digits and stands for its file."""

    name: str
    alt: str
    caption: str | None = None
    link_url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """A block of code."""

    language: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A horizontal rule."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SubscribeBox:
    """The platform's own invitation to subscribe: furniture."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadMore:
    """The cut of a paid post."""

    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Advert:
    """A paid placement as the reader sees it."""

    placement: PlacementTruth
    picture: Picture
    paragraphs: tuple[str, ...]
    bullets: tuple[str, ...]
    cta: str
    cta_url: str
    is_bold: bool
    """True where the heading is set in bold inside the heading, as editors do by hand."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Promotion:
    """An offer of the house as the reader sees it."""

    promotion: HousePromotionTruth
    paragraphs: tuple[str, ...]
    bullets: tuple[str, ...]
    cta: str
    picture: Picture


Block = (
    Heading
    | Paragraph
    | Bullets
    | Picture
    | Code
    | Rule
    | SubscribeBox
    | ReadMore
    | Advert
    | Promotion
)
