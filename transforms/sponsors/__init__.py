"""Sponsor placements of an article: found by their label, named by their evidence."""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from transforms.blocks import Anchor, Block, lines_of, text_of
from transforms.lexicons.sponsor_lexicon import MarkerLexicon, name_key
from transforms.sponsors.entries import EntryFacts, find_entry_extent
from transforms.sponsors.extents import Extent, Page, find_extents
from transforms.sponsors.house import is_house_link, is_house_placement
from transforms.sponsors.labels import opens_with_link
from transforms.sponsors.landing import innermost, is_companys, is_own
from transforms.sponsors.marks import find_marked
from transforms.sponsors.naming import (
    NameSources,
    Naming,
    evidence_of,
    is_campaign_link,
    name_sponsor,
)
from transforms.sponsors.pitch import find_pitches
from transforms.sponsors.slugs import CampaignSlug, read_slug
from transforms.sponsors.unmarked import find_unmarked
from transforms.urls import canonical_url, domain_of, host_of

# A slug this many days from its issue is a make-good or a reused link, worth a flag.
MAX_SLUG_DAYS = 3
# What follows a name at the head of a sentence.
_GOING_ON = re.compile(r"[,.:：，、—–(]|\s+[a-z—–(]|[^\x00-\x7f]")
# A name of up to three words that a stop or a dash parts from the copy behind it.
_LEAD_NAME = re.compile(r"\W{0,4}([A-Z][\w&’'-]*(?: [A-Z][\w&’'-]*){0,2})(?:[.:]\s|\s[–—-]\s)")

__all__ = [
    "EntryFacts",
    "Placement",
    "find_placements",
    "is_house_link",
    "normalised_copy_hash",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Placement:
    """A paid block with everything known of it but its section and ids."""

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

    @property
    def confidence(self) -> float:
        """How sure it is that this is paid, and by whom where somebody is named."""
        return min(self.extent.confidence, self.naming.confidence)


def find_placements(
    blocks: Sequence[Block],
    markers: MarkerLexicon,
    sources: NameSources,
    issue_date: date | None,
    entry: EntryFacts | None = None,
) -> tuple[Placement, ...]:
    """Return the paid (or house) placements of an article, in reading order.

    `entry` is what the feed says around the body: an advertisement that is a whole entry is
    marked there and nowhere else.
    """
    whole = find_entry_extent(blocks, markers, entry) if entry else None
    extents = (whole,) if whole else _marked_or_pitched(_page(blocks, markers, sources, entry))
    own = _own_places(blocks, extents)
    read = [
        _read_placement(blocks, own, extent, markers, sources, issue_date, entry)
        for extent in extents
    ]
    kept = [placement for placement in read if placement is not None]
    return tuple(_numbered(kept))


def _marked_or_pitched(page: Page) -> tuple[Extent, ...]:
    """Return marked placements; in an issue that marks none, what reads like an advert."""
    labelled = find_extents(page)
    marked = sorted((*labelled, *find_marked(page, labelled)), key=lambda extent: extent.start)
    if marked:
        return tuple(marked)
    return find_unmarked(page) if page.has_links else find_pitches(page.blocks, page.markers.pitch)


def normalised_copy_hash(text: str) -> str:
    """Return 16 hex digits over the words of a copy, so that spacing and emoji do not differ."""
    words = " ".join(re.findall(r"\w+", text.casefold()))
    return hashlib.sha256(words.encode()).hexdigest()[:16]


def _page(
    blocks: Sequence[Block],
    markers: MarkerLexicon,
    sources: NameSources,
    entry: EntryFacts | None,
) -> Page:
    return Page(
        blocks=blocks,
        markers=markers,
        labels=sources.profile.labels,
        link_key=lambda url: _link_key(url, sources),
        is_campaign=lambda url: is_campaign_link(url, sources),
        is_companys=lambda url: is_companys(url, sources),
        is_foreign=lambda url: not is_own(host_of(innermost(url)) or host_of(url), sources),
        has_links=not (entry and entry.is_capture),
        own_keys=sources.own_keys,
    )


def _link_key(url: str, sources: NameSources) -> str:
    """Return what links of one sponsor share: the brand of a slug, the domain, or the address."""
    host = host_of(innermost(url))
    domain = domain_of(host)
    slug = read_slug(url)
    if slug and is_campaign_link(url, sources):
        return name_key(slug.brand)
    if domain is None or is_own(host, sources) or domain in sources.sponsors.hosts.shorteners:
        return canonical_url(url)
    return domain


def _numbered(placements: Sequence[Placement]) -> list[Placement]:
    return [
        replace(placement, number=number) for number, placement in enumerate(placements, start=1)
    ]


def _read_placement(
    blocks: Sequence[Block],
    own_places: Sequence[int],
    extent: Extent,
    markers: MarkerLexicon,
    sources: NameSources,
    issue_date: date | None,
    entry: EntryFacts | None,
) -> Placement | None:
    """Return what stands in an extent, None where it turns out to be nobody's advertisement."""
    own = extent.lines or blocks[extent.start : extent.end]
    anchors = [anchor for block in own for anchor in block.anchors]
    urls = [extent.url] if extent.url else [anchor.url for anchor in anchors]
    if extent.rule == "entry" and entry and entry.url:
        urls.append(entry.url)
    slug = next((found for url in urls if (found := read_slug(url))), None)
    campaign_date = slug.date_near(issue_date) if slug else None
    copy_text = _copy_text(own, extent)
    evidence = evidence_of(
        urls, sources, copy=copy_text, headline=extent.headline, marked=extent.named,
        alts=[block.text for block in own if block.kind == "image" and block.text],
        title_url=_title_url(own, extent), opening=_opening_name(own, extent),
    )  # fmt: skip
    naming = name_sponsor(evidence, sources)
    verdict = is_house_placement(urls, evidence, naming, markers, sources)
    if verdict is None:
        return None
    return Placement(
        number=0,
        extent=extent,
        position=_position(blocks, own_places, extent),
        naming=naming,
        copy_text=copy_text,
        cta_text=_call_to_action(own, anchors),
        landing_url=evidence.landing.url or next(iter(urls), None),
        slug=slug,
        campaign_date=campaign_date,
        is_house=verdict,
        is_date_mismatch=_is_far(campaign_date, issue_date),
        copy_hash=normalised_copy_hash(f"{extent.headline or ''} {copy_text}"),
    )


def _copy_text(own: Sequence[Block], extent: Extent) -> str:
    body = tuple(own[1:]) if extent.has_head else tuple(own)
    text = text_of(body)
    return text[extent.skipped :].strip() if extent.skipped else text


def _title_url(own: Sequence[Block], extent: Extent) -> str | None:
    """Return the link of the headline: of the heading, or of the words that open the copy."""
    if extent.url:
        return extent.url
    for block in own:
        if block.anchors and block.kind != "image":
            titled = block.kind == "heading" or opens_with_link(block)
            return block.anchors[0].url if titled else None
    return None


def _opening_name(own: Sequence[Block], extent: Extent) -> str | None:
    """Return the linked words that open the copy and go on as a sentence: "[Acme] keeps ...".

    Behind a label they need no link where the copy says them again: "Sponsor: Acme. Acme keeps".
    """
    body = next((block for block in own[extent.has_head :] if block.text), None)
    if body is None:
        return None
    lead = _LEAD_NAME.match(body.text, extent.skipped) if extent.skipped else None
    if lead and lead[1] in body.text[lead.end() :]:
        return lead[1]
    if not body.anchors:
        return None
    start = body.text.find(body.anchors[0].text)
    if start < 0 or re.search(r"\w", body.text[extent.skipped : start]):
        return None
    rest = body.text[start + len(body.anchors[0].text) :]
    return body.anchors[0].text if _GOING_ON.match(rest) else None


def _call_to_action(blocks: Sequence[Block], anchors: list[Anchor]) -> str | None:
    """Return the words of the last button, else of the last line that is only a link."""
    buttons = [anchor.text for anchor in anchors if anchor.is_button and anchor.text]
    lines = [block.text for block in blocks[1:] if block.is_linked_only]
    return next(iter([*reversed(buttons), *reversed(lines)]), None)


def _own_places(blocks: Sequence[Block], extents: Sequence[Extent]) -> list[int]:
    """Return where the article's own text stands: outside of what is paid as a whole."""
    whole = [extent for extent in extents if not extent.is_inside]
    paid = {place for extent in whole for place in range(extent.start, extent.end)}
    return [place for place, block in enumerate(blocks) if place not in paid and _is_text(block)]


def _position(blocks: Sequence[Block], own: Sequence[int], mine: Extent) -> str:
    if not own or mine.start < own[0]:
        return "top"
    if mine.is_inside and mine.start in (own[0], own[-1]):
        return _position_inside(blocks[mine.start], mine, is_first=mine.start == own[0])
    return "bottom" if mine.start > own[-1] else "middle"


def _position_inside(block: Block, mine: Extent, *, is_first: bool) -> str:
    lines = lines_of(block)
    if is_first and mine.lines[0] == lines[0]:
        return "top"
    return "bottom" if mine.lines[-1] == lines[-1] else "middle"


def _is_text(block: Block) -> bool:
    return bool(block.text) and block.kind not in ("image", "rule", "caption", "embed")


def _is_far(campaign: date | None, issue: date | None) -> bool:
    return bool(campaign and issue and abs((campaign - issue).days) > MAX_SLUG_DAYS)
