"""Sponsor placements of an article: found by their label, named by their evidence."""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from transforms.blocks import Anchor, Block, text_of
from transforms.lexicons.sponsor_lexicon import MarkerLexicon
from transforms.sponsors.extents import Extent, find_extents
from transforms.sponsors.naming import NameSources, Naming, is_campaign_link, name_sponsor
from transforms.sponsors.slugs import CampaignSlug, read_slug
from transforms.urls import domain_of, host_of

# A slug this many days from its issue is a make-good or a reused link, worth a flag.
MAX_SLUG_DAYS = 3

__all__ = ["Placement", "find_placements", "is_house_link", "normalised_copy_hash"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Placement:
    """A labelled block with everything known of it but its section and ids."""

    number: int
    extent: Extent
    position: str
    naming: Naming
    copy_text: str
    cta_text: str | None
    landing_url: str | None
    slug: CampaignSlug | None
    campaign_date: date | None
    is_house: bool
    is_date_mismatch: bool
    copy_hash: str


def find_placements(
    blocks: Sequence[Block],
    markers: MarkerLexicon,
    sources: NameSources,
    issue_date: date | None,
) -> tuple[Placement, ...]:
    """Return the paid (or house) placements of an article, in reading order."""
    extents = find_extents(blocks, markers, lambda url: is_campaign_link(url, sources))
    return tuple(
        _read_placement(
            number, blocks, extent, _position(blocks, extents, extent), markers, sources, issue_date
        )
        for number, extent in enumerate(extents, start=1)
    )


def is_house_link(url: str, markers: MarkerLexicon, sources: NameSources) -> bool:
    """Tell whether a link leads to the publisher's own offer.

    Own offers run over the same redirector as sponsors; what is no campaign slug there is
    the publisher's own. Without a profile, another host of the publisher's domain
    (go.example.com beside blog.example.com) with an offer's word in its path counts.
    """
    host = host_of(url)
    if host is None or read_slug(url):
        return False
    if host in sources.profile.redirector_hosts:
        return True
    pattern = sources.profile.house_slug
    path = url.split("://", 1)[-1].partition("/")[2]
    if pattern and domain_of(host) in sources.own_domains and pattern.search(path):
        return True
    is_sibling = domain_of(host) in sources.own_domains and host not in sources.own_hosts
    return is_sibling and bool(markers.house_slug.search(path))


def normalised_copy_hash(text: str) -> str:
    """Return 16 hex digits over the words of a copy, so that spacing and emoji do not differ."""
    words = " ".join(re.findall(r"\w+", text.casefold()))
    return hashlib.sha256(words.encode()).hexdigest()[:16]


def _read_placement(
    number: int,
    blocks: Sequence[Block],
    extent: Extent,
    position: str,
    markers: MarkerLexicon,
    sources: NameSources,
    issue_date: date | None,
) -> Placement:
    own = blocks[extent.start : extent.end]
    anchors = [anchor for block in own for anchor in block.anchors]
    urls = [anchor.url for anchor in anchors]
    slug = next((found for url in urls if (found := read_slug(url))), None)
    campaign_date = slug.date_near(issue_date) if slug else None
    copy_text = text_of(tuple(own[1:]))
    is_house = bool(urls) and slug is None and any(is_house_link(u, markers, sources) for u in urls)
    return Placement(
        number=number,
        extent=extent,
        position=position,
        naming=name_sponsor(urls, extent.named, f"{extent.headline or ''}\n{copy_text}", sources),
        copy_text=copy_text,
        cta_text=_call_to_action(own, anchors),
        landing_url=urls[0] if urls else None,
        slug=slug,
        campaign_date=campaign_date,
        is_house=is_house,
        is_date_mismatch=_is_far(campaign_date, issue_date),
        copy_hash=normalised_copy_hash(f"{extent.headline or ''} {copy_text}"),
    )


def _call_to_action(blocks: Sequence[Block], anchors: list[Anchor]) -> str | None:
    """Return the words of the last button, else of the last line that is only a link."""
    buttons = [anchor.text for anchor in anchors if anchor.is_button and anchor.text]
    lines = [block.text for block in blocks[1:] if block.is_linked_only]
    return next(iter([*reversed(buttons), *reversed(lines)]), None)


def _position(blocks: Sequence[Block], extents: tuple[Extent, ...], mine: Extent) -> str:
    paid = {place for extent in extents for place in range(extent.start, extent.end)}
    own = [place for place, block in enumerate(blocks) if place not in paid and _is_text(block)]
    if not own or mine.start < own[0]:
        return "top"
    return "bottom" if mine.start > own[-1] else "middle"


def _is_text(block: Block) -> bool:
    return bool(block.text) and block.kind not in ("image", "rule", "caption", "embed")


def _is_far(campaign: date | None, issue: date | None) -> bool:
    return bool(campaign and issue and abs((campaign - issue).days) > MAX_SLUG_DAYS)
