"""What an article is about: kind, topics, companies and technologies, from its editorial text."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from transforms.companies import find_companies
from transforms.content import Content, Publication
from transforms.document import Entry
from transforms.kinds import classify_kind
from transforms.lexicons import Lexicons
from transforms.publishers import Publication as Publisher
from transforms.publishers import find_publisher
from transforms.records import (
    ArticleCompany,
    ArticleTechnology,
    ArticleTopic,
    SponsorPlacement,
)
from transforms.technologies import find_technologies
from transforms.topics import tag_topics
from transforms.urls import domain_of, host_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Tags:
    """Kind and tag rows of one article."""

    kind: str
    topics: tuple[ArticleTopic, ...]
    companies: tuple[ArticleCompany, ...]
    technologies: tuple[ArticleTechnology, ...]


def tag_article(
    entry: Entry,
    article_id: str,
    month: str,
    content: Content,
    placements: Sequence[SponsorPlacement],
    publication: Publication,
    lexicons: Lexicons,
) -> Tags:
    """Return the tags of an article; sponsor copy and own offers are not looked at."""
    headings = [s.heading for s in content.sections if s.heading and s.is_editorial]
    kind = _kind(entry, content, headings, lexicons)
    text, title = content.text, entry.title
    topics = tag_topics(title, headings, text, lexicons, categories=entry.categories)
    publisher = _publisher(publication, lexicons)
    mentions = find_companies(title, headings, text, publisher, lexicons, kind=kind)
    technologies = find_technologies(title, text, lexicons, headings=headings)
    place: dict[str, Any] = {"article_id": article_id, "month": month}
    sponsors = _sponsor_companies(placements, place)
    return Tags(
        kind=kind,
        topics=tuple(ArticleTopic(**asdict(tag), **place) for tag in topics),
        companies=(*(ArticleCompany(**asdict(each), **place) for each in mentions), *sponsors),
        technologies=tuple(ArticleTechnology(**asdict(each), **place) for each in technologies),
    )


def _kind(entry: Entry, content: Content, headings: Sequence[str], lexicons: Lexicons) -> str:
    house = [section for section in content.sections if section.role == "house_promo"]
    return classify_kind(
        entry.title,
        content.text,
        lexicons,
        is_paywalled=content.is_paywalled,
        word_count=content.word_count,
        headings=headings,
        item_headings=_item_headings(content),
        house_word_count=sum(len(section.text.split()) for section in house),
    )


def _item_headings(content: Content) -> list[str]:
    """Return headings that are links to read elsewhere: the items of a round-up."""
    return [
        section.heading
        for section in content.sections
        if section.head and section.heading and section.is_editorial and section.head.is_linked_only
    ]


def _publisher(publication: Publication, lexicons: Lexicons) -> Publisher:
    domain = domain_of(host_of(publication.home_url or ""))
    return Publisher(
        feed_title=publication.title,
        home_domain=domain,
        company_id=find_publisher(publication.title, domain, lexicons),
    )


def _sponsor_companies(
    placements: Sequence[SponsorPlacement], place: Mapping[str, Any]
) -> list[ArticleCompany]:
    names = Counter(
        (row.sponsor_id, row.sponsor_name)
        for row in placements
        if row.sponsor_id and row.sponsor_name and not row.is_house
    )
    return [
        ArticleCompany(
            company_id=company_id, company_name=name, role="sponsor", mention_count=count, **place
        )
        for (company_id, name), count in names.items()
        if company_id and name
    ]
