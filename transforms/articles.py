"""One entry to the rows of its article: the article, its parts, its placements, its tags."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from transforms.content import Content, Publication, name_sources, read_content
from transforms.dates import ReadDate, read_date
from transforms.document import Entry, SourceDocument
from transforms.html import plain_text
from transforms.items import Outline, item_roles
from transforms.kinds import read_issue_number
from transforms.known import KnownArticle
from transforms.lexicons import Lexicons
from transforms.lexicons.sponsor_lexicon import Profile
from transforms.links import LinkRules, read_links
from transforms.records import (
    Article,
    ArticleCompany,
    ArticleTechnology,
    ArticleTopic,
    Link,
    Section,
    SectionTopic,
    SponsorPlacement,
    month_of,
)
from transforms.revisions import content_hash
from transforms.sections import SectionDraft
from transforms.slugs import company_slug
from transforms.sponsors import Placement, is_house_link
from transforms.tags import Tags, tag_article, tag_items, taggable

# A summary this long is the article itself, not a subtitle.
MAX_SUBTITLE_LENGTH = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleRows:
    """All rows of one article in one revision."""

    article: Article
    sections: tuple[Section, ...]
    links: tuple[Link, ...]
    placements: tuple[SponsorPlacement, ...]
    topics: tuple[ArticleTopic, ...]
    item_topics: tuple[SectionTopic, ...]
    companies: tuple[ArticleCompany, ...]
    technologies: tuple[ArticleTechnology, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """Under what rules a document's entries are read."""

    document: SourceDocument
    source_format: str
    publication: Publication
    profile: Profile
    lexicons: Lexicons


def read_article(entry: Entry, article_id: str, reading: Reading) -> ArticleRows:
    """Return the rows of an entry's article as if seen for the first time, revision 1."""
    if entry.publication:
        own = replace(reading.publication, title=entry.publication, home_url=None)
        reading = replace(reading, publication=own)
    published = published_of(entry)
    issue_date = published.at.date() if published.at else None
    content = read_content(
        entry, reading.publication, reading.profile, reading.lexicons, issue_date
    )
    month = month_of(published.at)
    links = read_links(article_id, month, content.sections, _link_rules(reading))
    placements = tuple(
        _placement(found, section, article_id, published.at, month, reading)
        for section in content.sections
        for found in section.placements
    )
    tagged = taggable(entry, content, reading.publication)
    tags = tag_article(tagged, article_id, month, placements, reading.lexicons)
    article = _article(entry, article_id, month, content, links, placements, tags, reading)
    sections = _sections(content, article_id, month, is_digest=tags.kind == "digest")
    return ArticleRows(
        article=article,
        sections=sections,
        links=links,
        placements=placements,
        topics=tags.topics,
        item_topics=tag_items(sections, placements, reading.lexicons),
        companies=tags.companies,
        technologies=tags.technologies,
    )


def _article(
    entry: Entry,
    article_id: str,
    month: str,
    content: Content,
    links: Sequence[Link],
    placements: Sequence[SponsorPlacement],
    tags: Tags,
    reading: Reading,
) -> Article:
    published, updated = published_of(entry), read_date(entry.updated_raw)
    seen_at = reading.document.fetched_at
    return Article(
        article_id=article_id,
        feed_id=reading.document.feed_id,
        guid=entry.guid,
        url=entry.url,
        title=entry.title,
        subtitle=_subtitle(entry),
        authors=entry.authors,
        published_at=published.at,
        published_raw=entry.published_raw,
        published_rule=published.rule,
        updated_at=updated.at,
        first_seen_at=seen_at,
        last_seen_at=seen_at,
        kind=tags.kind,
        issue_number=read_issue_number(entry.title),
        is_paywalled=content.is_paywalled,
        is_truncated=content.is_truncated,
        language=entry.language or reading.publication.language,
        categories=entry.categories,
        word_count=content.word_count,
        section_count=len(content.sections),
        link_count=len(links),
        image_count=content.image_count,
        revision=1,
        content_hash=content_hash(entry.title, content.text, placements, links),
        entry_hash=entry.entry_hash,
        document_id=reading.document.document_id,
        source_format=reading.source_format,
        publication=entry.publication,
        lexicon_version=reading.lexicons.version,
        vanished_at=None,
        text=content.text,
        month=month,
    )


def published_of(entry: Entry) -> ReadDate:
    """Return when an entry was published: as its capture read it, else as its date says."""
    if entry.published_rule is not None:
        return ReadDate(entry.published_at, entry.published_rule)
    return read_date(entry.published_raw)


def continued(article: Article, earlier: KnownArticle, *, is_changed: bool) -> Article:
    """Return a newly read article as the next state of a known one.

    Its first sight stays, a change makes the next revision, and what its source lacks (a
    capture's title, a feed's missing date) is kept from before.
    """
    is_undated = article.published_at is None and earlier.published_at is not None
    return replace(
        article,
        title=earlier.title if article.title is None else article.title,
        published_at=earlier.published_at if is_undated else article.published_at,
        published_rule="kept from an earlier source" if is_undated else article.published_rule,
        month=earlier.month if is_undated else article.month,
        first_seen_at=min(earlier.first_seen_at, article.first_seen_at),
        last_seen_at=max(earlier.last_seen_at, article.last_seen_at),
        revision=earlier.revision + is_changed,
    )


def _subtitle(entry: Entry) -> str | None:
    """Return the summary where it stands beside a body; Substack escapes it twice."""
    if entry.content_html is None:
        return None
    text = plain_text(plain_text(entry.summary_html))
    return text if text and len(text) <= MAX_SUBTITLE_LENGTH else None


def _sections(
    content: Content, article_id: str, month: str, *, is_digest: bool
) -> tuple[Section, ...]:
    outlines = [
        Outline(draft.level, draft.heading, len(draft.text.split()), draft.role)
        for draft in content.sections
    ]
    roles = item_roles(outlines, is_digest=is_digest)
    return tuple(
        Section(
            article_id=article_id,
            section_number=draft.number,
            level=draft.level,
            heading=draft.heading,
            role=role,
            text=draft.text,
            word_count=outline.word_count,
            char_start=pair[0] if pair else None,
            char_end=pair[1] if pair else None,
            month=month,
        )
        for draft, outline, role, pair in zip(
            content.sections, outlines, roles, content.offsets, strict=True
        )
    )


def _placement(
    found: Placement,
    section: SectionDraft,
    article_id: str,
    published_at: datetime | None,
    month: str,
    reading: Reading,
) -> SponsorPlacement:
    number = found.number
    key = f"{article_id}\x00{number}".encode()
    naming = found.naming
    return SponsorPlacement(
        placement_id=hashlib.sha256(key).hexdigest()[:16],
        article_id=article_id,
        feed_id=reading.document.feed_id,
        published_at=published_at,
        placement_number=number,
        section_number=section.number,
        position=found.position,
        sponsor_id=sponsor_id(found, reading.lexicons),
        sponsor_name=naming.name,
        sponsor_domain=naming.domain,
        headline=found.extent.headline,
        copy_text=found.copy_text,
        cta_text=found.cta_text,
        landing_url=found.landing_url,
        campaign_slug=found.slug.slug if found.slug else None,
        campaign_date=found.campaign_date,
        is_labelled=found.extent.label is not None,
        is_house=found.is_house,
        label_text=found.extent.label,
        rule=f"{found.extent.rule}+{naming.rule}",
        evidence=_evidence(found),
        confidence=found.confidence,
        copy_hash=found.copy_hash,
        creative_id=None,
        is_date_mismatch=found.is_date_mismatch,
        month=month,
    )


def _evidence(placement: Placement) -> str:
    label = placement.extent.label
    seen = f"label {label!r}" if label else placement.extent.seen
    return f"{seen}; {placement.naming.evidence}"


def sponsor_id(placement: Placement, lexicons: Lexicons) -> str | None:
    """Return the company id of a sponsor, a slug of its name where the lexicon lacks it."""
    if placement.naming.name is None:
        return None
    known = lexicons.company_names.entry(placement.naming.name)
    return known.company_id if known else company_slug(placement.naming.name)


def _link_rules(reading: Reading) -> LinkRules:
    publication, lexicons = reading.publication, reading.lexicons
    sources = name_sources(publication, reading.profile, lexicons)
    return LinkRules(
        own_domains=publication.own_domains,
        own_hosts=publication.own_hosts | reading.profile.own_hosts,
        redirector_hosts=reading.profile.redirector_hosts,
        social_domains=lexicons.furniture.social_domains,
        is_house_link=lambda url: is_house_link(url, lexicons.markers, sources),
    )
