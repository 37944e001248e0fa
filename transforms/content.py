"""The body of an entry as blocks and sections, and what they say of it: cut, paid, whole."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from transforms.blocks import Block
from transforms.document import Entry
from transforms.html import parse_blocks
from transforms.kinds import is_cut_at_announcement
from transforms.lexicons import Lexicons
from transforms.lexicons.sponsor_lexicon import Profile
from transforms.sections import SectionDraft, SectionRules, split_sections
from transforms.sponsors import EntryFacts, find_placements, is_house_link
from transforms.sponsors.naming import NameSources
from transforms.urls import domain_of, host_of, identity_url

# Platforms on which a cut body means that the rest is for paying readers.
_PAYING_PLATFORMS = frozenset({"substack", "ghost"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """What extraction needs to know of the feed an article stands in."""

    feed_id: str
    title: str | None
    home_url: str | None
    platform: str | None
    language: str | None
    own_hosts: frozenset[str]
    own_domains: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """The sections of an article, its editorial text and the facts its markup tells."""

    sections: tuple[SectionDraft, ...]
    text: str
    offsets: tuple[tuple[int, int] | None, ...]
    is_paywalled: bool
    is_truncated: bool
    image_count: int

    @property
    def word_count(self) -> int:
        """Editorial words."""
        return len(self.text.split())


def read_content(
    entry: Entry,
    publication: Publication,
    profile: Profile,
    lexicons: Lexicons,
    issue_date: date | None,
) -> Content:
    """Return the content of an entry: its longer body, or its summary where it has no other."""
    blocks = _blocks_of(entry, publication, lexicons)
    sources = name_sources(publication, profile, lexicons)
    placements = find_placements(blocks, lexicons.markers, sources, issue_date, _facts(entry))
    is_cut = _ends_cut(blocks, entry, lexicons)
    is_capture = entry.blocks is not None
    is_paid = is_cut and (is_capture or publication.platform in _PAYING_PLATFORMS)
    is_paid = is_paid or _says_paid(blocks, lexicons)
    is_summary = entry.content_html is None and not is_capture
    rules = SectionRules(
        references=lexicons.markers.references,
        is_house_link=lambda url: is_house_link(url, lexicons.markers, sources),
        is_furniture=lambda block: _is_furniture(block, entry, lexicons),
    )
    sections = split_sections(blocks, placements, rules)
    text, offsets = join_editorial(
        (section.heading, section.text) if section.is_editorial else None for section in sections
    )
    # A capture has lost the link that closes a free opening; its last words still announce.
    if is_capture and is_cut_at_announcement(text, len(text.split())):
        is_paid = True
    return Content(
        sections=sections,
        text=text,
        offsets=offsets,
        is_paywalled=is_paid,
        is_truncated=is_paid or is_cut or is_summary or _is_clipped(blocks, lexicons),
        image_count=sum(block.kind == "image" for block in blocks),
    )


def _facts(entry: Entry) -> EntryFacts:
    return EntryFacts(
        title=entry.title,
        authors=entry.authors,
        categories=entry.categories,
        url=entry.url,
        is_capture=entry.blocks is not None,
    )


def _blocks_of(entry: Entry, publication: Publication, lexicons: Lexicons) -> tuple[Block, ...]:
    if entry.blocks is not None:
        return entry.blocks
    markup = entry.content_html or entry.summary_html or ""
    base = entry.base_url or entry.url or publication.home_url
    return parse_blocks(markup, base, lexicons.furniture.markup)


def name_sources(publication: Publication, profile: Profile, lexicons: Lexicons) -> NameSources:
    """Return what naming and house rules may look at for a publication."""
    return NameSources(
        sponsors=lexicons.sponsors,
        companies=lexicons.company_names,
        profile=profile,
        own_domains=publication.own_domains,
        own_hosts=publication.own_hosts | profile.own_hosts,
        own_name=publication.title,
        concepts=lexicons.concepts,
    )


def publication_hosts(
    urls: Sequence[str | None], shared_domains: frozenset[str]
) -> tuple[frozenset[str], frozenset[str]]:
    """Return a publication's own hosts and registrable domains.

    The domain of a platform that hosts many publications (medium.com) is nobody's own.
    """
    hosts = frozenset(host for url in urls if url and (host := host_of(url)))
    domains = frozenset(domain for host in hosts if (domain := domain_of(host)))
    return hosts - shared_domains, domains - shared_domains


def join_editorial(
    sections: Iterable[tuple[str | None, str] | None],
) -> tuple[str, tuple[tuple[int, int] | None, ...]]:
    """Return an article's own text, and where each section's text stands in it.

    Sections are given as heading and text, None for one that is not the article's own.
    """
    parts: list[str] = []
    offsets: list[tuple[int, int] | None] = []
    length = 0
    for section in sections:
        if section is None:
            offsets.append(None)
            continue
        heading, body = section
        if heading:
            parts.append(heading)
            length += len(heading) + 1
        offsets.append((length, length + len(body)))
        if body:
            parts.append(body)
            length += len(body) + 1
    text = "\n".join(parts)
    # A last section without text would begin one past the end.
    inside = (pair and (min(pair[0], len(text)), min(pair[1], len(text))) for pair in offsets)
    return text, tuple(inside)


def _ends_cut(blocks: Sequence[Block], entry: Entry, lexicons: Lexicons) -> bool:
    """Tell whether the body ends in a link to its own page that says to read on there."""
    last = next((block for block in reversed(blocks) if block.text), None)
    return last is not None and _is_cut_link(last, entry, lexicons)


def _is_cut_link(block: Block, entry: Entry, lexicons: Lexicons) -> bool:
    label = re.sub(r"[^\w ]", "", block.text.casefold()).strip()
    is_label = label in lexicons.furniture.cut_labels or any(
        pattern.search(block.text) for pattern in lexicons.furniture.cut_patterns
    )
    if entry.blocks is not None:
        return is_label  # a capture has lost the link
    if not is_label or not block.is_linked_only:
        return False
    own = identity_url(entry.url) if entry.url else None
    return any(own and identity_url(anchor.url) == own for anchor in block.anchors)


def _says_paid(blocks: Sequence[Block], lexicons: Lexicons) -> bool:
    tail = [block.text for block in blocks if block.text][-3:]
    return any(pattern.search(text) for text in tail for pattern in lexicons.markers.paywall)


def _is_furniture(block: Block, entry: Entry, lexicons: Lexicons) -> bool:
    if block.kind != "paragraph" or not block.text:
        return False
    closing = any(pattern.search(block.text) for pattern in lexicons.furniture.closing_lines)
    return closing or _is_cut_link(block, entry, lexicons)


def _is_clipped(blocks: Sequence[Block], lexicons: Lexicons) -> bool:
    last = next((block.text for block in reversed(blocks) if block.text), "")
    return last.endswith(lexicons.furniture.truncation_marks)
