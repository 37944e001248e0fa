"""Where paid blocks stand in an article: from their label to where the copy ends."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from transforms.blocks import Block
from transforms.lexicons.sponsor_lexicon import MarkerLexicon
from transforms.urls import host_of

# A label opens a short block: a heading or a line of its own, not a sentence of prose.
MAX_LABEL_WORDS = 30
# Copy without a closing rule is followed this far for its last link; longer copy was never seen.
MAX_COPY_BLOCKS = 25


@dataclass(frozen=True, slots=True, kw_only=True)
class Extent:
    """A paid block: blocks[start:end], and the label that opens it."""

    start: int
    end: int
    rule: str
    label: str | None
    named: str | None
    headline: str | None


def find_extents(
    blocks: Sequence[Block], markers: MarkerLexicon, is_campaign: Callable[[str], bool]
) -> tuple[Extent, ...]:
    """Return the paid blocks of an article in order, not overlapping.

    A label opens one; without a label a heading that is nothing but a campaign link does.
    """
    found: list[Extent] = []
    for place, block in enumerate(blocks):
        if found and place < found[-1].end:
            continue
        match = match_label(block, markers)
        if match:
            found.append(_labelled(blocks, place, markers, *match))
        elif block.kind == "heading" and _is_linked_to(block, is_campaign):
            found.append(
                Extent(
                    start=place, end=_end_of(blocks, place, markers), rule="campaign-heading",
                    label=None, named=None, headline=block.text,
                )
            )  # fmt: skip
    return tuple(found)


def _labelled(
    blocks: Sequence[Block], place: int, markers: MarkerLexicon, rule: str, hit: re.Match[str]
) -> Extent:
    return Extent(
        start=place,
        end=_end_of(blocks, place, markers),
        rule=rule,
        label=hit.group(0).strip(),
        named=hit.groupdict().get("name"),
        headline=_without_label(blocks[place].text, hit),
    )


def _is_linked_to(block: Block, is_campaign: Callable[[str], bool]) -> bool:
    return block.is_linked_only and all(is_campaign(anchor.url) for anchor in block.anchors)


def match_label(block: Block, markers: MarkerLexicon) -> tuple[str, re.Match[str]] | None:
    """Return the rule and match of a paid label in a heading or a short line, or None."""
    if block.kind not in ("heading", "paragraph", "caption") or not block.text:
        return None
    if len(block.text.split()) > MAX_LABEL_WORDS:
        return None
    for label in markers.labels:
        hit = label.pattern.search(block.text)
        if hit and (block.kind == "heading" or _stands_alone(label.id, block)):
            return label.id, hit
    return None


def _stands_alone(rule: str, block: Block) -> bool:
    # Prose may end in "(sponsored)"; a paragraph counts when it is nothing but label or link.
    return rule in ("label-alone", "together-with") or block.is_linked_only


def _without_label(text: str, hit: re.Match[str]) -> str | None:
    rest = (text[: hit.start()] + text[hit.end() :]).strip(" -–—|·:")
    return rest or None


def _end_of(blocks: Sequence[Block], start: int, markers: MarkerLexicon) -> int:
    """Return where the copy ends: a rule, the next heading of its kind, or its last own link."""
    opening = blocks[start]
    hosts = {host_of(anchor.url) for anchor in opening.anchors}
    level = opening.level or 6
    last_own = start
    for place in range(start + 1, min(len(blocks), start + MAX_COPY_BLOCKS)):
        block = blocks[place]
        if block.kind == "rule":
            return place
        own = any(host_of(anchor.url) in hosts for anchor in block.anchors)
        if block.kind == "heading" and block.level <= level and not own and place > start + 1:
            return place
        if match_label(block, markers):
            return place
        last_own = place if own else last_own
    if len(blocks) <= start + MAX_COPY_BLOCKS and not hosts:
        return len(blocks)
    return last_own + 1
