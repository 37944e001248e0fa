"""What an article is about: kind, topics, companies and technologies, from its editorial text."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
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
    Section,
    SectionTopic,
    SponsorPlacement,
)
from transforms.technologies import find_technologies
from transforms.terms import count_words
from transforms.topics import tag_topics
from transforms.urls import domain_of, host_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Tags:
    """Kind and tag rows of one article."""

    kind: str
    topics: tuple[ArticleTopic, ...]
    companies: tuple[ArticleCompany, ...]
    technologies: tuple[ArticleTechnology, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Taggable:
    """All that tags are read from: the same whether an article was just parsed or is at rest."""

    title: str | None
    text: str
    headings: tuple[str, ...]
    item_headings: tuple[str, ...]
    """Headings that are links to read elsewhere: the items of a round-up."""
    categories: tuple[str, ...]
    is_paywalled: bool
    house_word_count: int
    publication: str | None
    home_url: str | None


def tag_article(
    article: Taggable,
    article_id: str,
    month: str,
    placements: Sequence[SponsorPlacement],
    lexicons: Lexicons,
) -> Tags:
    """Return the tags of an article; sponsor copy and own offers are not looked at."""
    title, text, headings = article.title, article.text, article.headings
    kind = _kind(article, lexicons)
    topics = tag_topics(title, headings, text, lexicons, categories=article.categories)
    publisher = _publisher(article, lexicons)
    mentions = find_companies(title, headings, text, publisher, lexicons, kind=kind)
    technologies = find_technologies(title, text, lexicons, headings=headings)
    place: dict[str, Any] = {"article_id": article_id, "month": month}
    sponsors = _sponsor_companies(placements, place)
    return Tags(
        kind=kind,
        topics=tuple(ArticleTopic(**_values(tag), **place) for tag in topics),
        companies=(*(ArticleCompany(**_values(each), **place) for each in mentions), *sponsors),
        technologies=tuple(ArticleTechnology(**_values(each), **place) for each in technologies),
    )


def _values(tag: Any) -> dict[str, Any]:
    """Return the fields of a tag; `asdict` copies each value and takes ten times as long."""
    return {name: getattr(tag, name) for name in tag.__slots__}


def tag_items(
    sections: Sequence[Section], placements: Sequence[SponsorPlacement], lexicons: Lexicons
) -> tuple[SectionTopic, ...]:
    """Return the topics of each item of a digest; none for an article of one piece.

    An item that paid copy stands in has no topics: what of it is the author's cannot be told.
    """
    paid = {placement.section_number for placement in placements}
    return tuple(
        SectionTopic(
            article_id=section.article_id,
            section_number=section.section_number,
            month=section.month,
            **_values(tag),
        )
        for section in sections
        if section.role == "digest_item" and section.section_number not in paid
        for tag in tag_topics(section.heading, (), section.text, lexicons)
    )


def taggable(entry: Entry, content: Content, publication: Publication) -> Taggable:
    """Return what tags are read from of an article that was just parsed."""
    own = [section for section in content.sections if section.heading and section.is_editorial]
    return Taggable(
        title=entry.title,
        text=content.text,
        headings=tuple(section.heading or "" for section in own),
        item_headings=tuple(
            section.heading or "" for section in own if section.head and section.head.is_linked_only
        ),
        categories=entry.categories,
        is_paywalled=content.is_paywalled,
        house_word_count=sum(
            len(section.text.split())
            for section in content.sections
            if section.role == "house_promo"
        ),
        publication=publication.title,
        home_url=publication.home_url,
    )


def _kind(article: Taggable, lexicons: Lexicons) -> str:
    return classify_kind(
        article.title,
        article.text,
        lexicons,
        is_paywalled=article.is_paywalled,
        word_count=count_words(article.text),
        headings=article.headings,
        item_headings=article.item_headings,
        house_word_count=article.house_word_count,
    )


def _publisher(article: Taggable, lexicons: Lexicons) -> Publisher:
    domain = domain_of(host_of(article.home_url or ""))
    return Publisher(
        feed_title=article.publication,
        home_domain=domain,
        company_id=find_publisher(article.publication, domain, lexicons),
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
