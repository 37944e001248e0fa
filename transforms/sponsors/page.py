"""An article's blocks as placements are looked for in them, and the stretches that are found."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from transforms.blocks import Block
from transforms.lexicons.sponsor_lexicon import Label, MarkerLexicon, name_key
from transforms.sponsors.labels import Hit, find_label


@dataclass(frozen=True, slots=True, kw_only=True)
class Extent:
    """A paid stretch: blocks[start:end], and the label that marks it."""

    start: int
    end: int
    rule: str
    label: str | None
    named: str | None
    headline: str | None
    confidence: float = 0.95
    has_head: bool = True
    """True where the first block is a title or label of its own, False where it is copy."""
    url: str | None = None
    """The sponsor's own link, where a label names several sponsors."""
    seen: str | None = None
    """What found it, where no label did."""
    skipped: int = 0
    """Letters of the label before the copy in the first block."""
    lines: tuple[Block, ...] = ()
    """Its lines, where it is a part of one block: show notes write all in one paragraph."""
    is_inside: bool = False
    """True where that block holds other text too, and stays in the article's own section."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """The blocks of an article with what tells its labels and links."""

    blocks: Sequence[Block]
    markers: MarkerLexicon
    labels: tuple[Label, ...]
    link_key: Callable[[str], str]
    """What two links of one sponsor share: a domain, or the address on a redirector."""
    is_campaign: Callable[[str], bool]
    is_companys: Callable[[str], bool]
    """Whether a link may lead to a company: not to the publisher, a platform or a person."""
    is_foreign: Callable[[str], bool]
    """Whether a link leads off the publisher's own hosts, be it to a platform."""
    has_links: bool = True
    own_keys: frozenset[str] = frozenset()
    """Names of the publication, as keys."""
    found: dict[int, Hit | None] = field(default_factory=dict)
    """Labels by block, as far as they were asked for."""

    def label_at(self, place: int) -> Hit | None:
        """Return the label of a block, or None."""
        if place not in self.found:
            block = self.blocks[place]
            self.found[place] = find_label(
                block, self.markers, self.labels, has_links=self.has_links
            )
        return self.found[place]

    def keys_at(self, place: int) -> frozenset[str]:
        """Return the link keys of a block."""
        return frozenset(self.link_key(anchor.url) for anchor in self.blocks[place].anchors)

    def is_own_title(self, title: str) -> bool:
        """Tell whether a title is the publication's, a subtitle more or less."""
        key = name_key(title)
        return any(key in own or (own in key and len(own) > 4) for own in self.own_keys)

    def leads_away(self, places: Sequence[int]) -> bool:
        """Tell whether any link of some blocks may lead to a company."""
        return any(
            self.is_companys(anchor.url)
            for place in places
            for anchor in self.blocks[place].anchors
        )


def extent_of(
    start: int,
    end: int,
    hit: Hit,
    *,
    headline: str | None = None,
    named: str | None = None,
    has_head: bool = True,
    url: str | None = None,
) -> Extent:
    """Return the extent that a label marks."""
    return Extent(
        start=start, end=end, rule=hit.rule.id, label=hit.text, named=named, headline=headline,
        confidence=hit.rule.confidence, has_head=has_head, url=url,
    )  # fmt: skip
