"""Records of what articles are about: topics, companies and technologies."""

from dataclasses import dataclass
from typing import Annotated, ClassVar

from transforms.records.articles import ArticleId, ArticleMonth
from transforms.records.schema import Table


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleTopic:
    """A topic of an article with the terms that gave it."""

    TABLE: ClassVar[Table] = Table(
        name="article_topics",
        grain="article and topic",
        key=("article_id", "topic_id"),
        owner=("article_id",),
    )

    article_id: ArticleId
    topic_id: Annotated[str, "Topic (topics)"]
    score: Annotated[float, "Weight of the evidence, normalised for length"]
    rank: Annotated[int, "Place among the article's topics, 1 is the strongest"]
    evidence: Annotated[tuple[str, ...], "Terms found, strongest first"]
    month: ArticleMonth


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionTopic:
    """A topic of one item of a digest, from the item's own heading and text."""

    TABLE: ClassVar[Table] = Table(
        name="section_topics",
        grain="article, section and topic",
        key=("article_id", "section_number", "topic_id"),
        owner=("article_id",),
    )

    article_id: ArticleId
    section_number: Annotated[int, "Item of the digest (sections with role digest_item)"]
    topic_id: Annotated[str, "Topic (topics)"]
    score: Annotated[float, "Weight of the evidence within the item, normalised for length"]
    rank: Annotated[int, "Place among the item's topics, 1 is the strongest"]
    evidence: Annotated[tuple[str, ...], "Terms found in the item, strongest first"]
    month: ArticleMonth


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleCompany:
    """A company in an article, by the part it plays there."""

    TABLE: ClassVar[Table] = Table(
        name="article_companies",
        grain="article, company and role",
        key=("article_id", "company_id", "role"),
        owner=("article_id",),
    )

    article_id: ArticleId
    company_id: Annotated[str, "Company (companies)"]
    company_name: Annotated[str, "Its canonical name"]
    role: Annotated[
        str, "subject (whose system the article is about), mention (editorial) or sponsor (paid)"
    ]
    mention_count: Annotated[int, "Times it is named in that part"]
    month: ArticleMonth


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleTechnology:
    """A technology named in the editorial text of an article."""

    TABLE: ClassVar[Table] = Table(
        name="article_technologies",
        grain="article and technology",
        key=("article_id", "technology_id"),
        owner=("article_id",),
    )

    article_id: ArticleId
    technology_id: Annotated[str, "Stable slug of the technology"]
    technology_name: Annotated[str, "Its usual name"]
    mention_count: Annotated[int, "Times it is named"]
    month: ArticleMonth


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """A topic of the taxonomy."""

    TABLE: ClassVar[Table] = Table(
        name="topics", grain="topic", key=("topic_id",), owner=("topic_id",), is_monthly=False
    )

    topic_id: Annotated[str, "Stable slug of the topic"]
    topic_name: Annotated[str, "Name for people"]
    parent_topic_id: Annotated[str | None, "Area it belongs to (topics); NULL for an area"]
    aliases: Annotated[tuple[str, ...], "Other names of it"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Company:
    """A company that articles are about, name, or are paid by."""

    TABLE: ClassVar[Table] = Table(
        name="companies",
        grain="company",
        key=("company_id",),
        owner=("company_id",),
        is_monthly=False,
    )

    company_id: Annotated[str, "Stable slug of the company"]
    company_name: Annotated[str, "Canonical name"]
    aliases: Annotated[tuple[str, ...], "Other spellings and product names"]
    domains: Annotated[tuple[str, ...], "Registrable domains"]
    category: Annotated[str | None, "Market it is in; NULL when the lexicon does not say"]
    is_in_lexicon: Annotated[bool, "False for a company known only by a pattern of words"]
