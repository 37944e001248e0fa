"""One frozen dataclass per core table; Arrow schemas and every comment derive from them."""

from transforms.records.articles import Article, ArticleRevision, ArticleSource, Link, Section
from transforms.records.feeds import Document, Feed, Fetch, Reject
from transforms.records.history import HistoryMonth, HistoryWalk
from transforms.records.placements import Sponsor, SponsorPlacement
from transforms.records.schema import UNDATED, Record, Table, arrow_schema, month_of, to_arrow
from transforms.records.tags import (
    ArticleCompany,
    ArticleTechnology,
    ArticleTopic,
    Company,
    SectionTopic,
    Topic,
)

RECORDS: tuple[type[Record], ...] = (
    Feed,
    Fetch,
    HistoryWalk,
    HistoryMonth,
    Document,
    Article,
    ArticleRevision,
    Section,
    Link,
    SponsorPlacement,
    ArticleTopic,
    SectionTopic,
    ArticleCompany,
    ArticleTechnology,
    ArticleSource,
    Reject,
    Sponsor,
    Topic,
    Company,
)
"""Every core table, in the order of the data contract."""

__all__ = [
    "RECORDS",
    "UNDATED",
    "Article",
    "ArticleCompany",
    "ArticleRevision",
    "ArticleSource",
    "ArticleTechnology",
    "ArticleTopic",
    "Company",
    "Document",
    "Feed",
    "Fetch",
    "HistoryMonth",
    "HistoryWalk",
    "Link",
    "Record",
    "Reject",
    "Section",
    "SectionTopic",
    "Sponsor",
    "SponsorPlacement",
    "Table",
    "Topic",
    "arrow_schema",
    "month_of",
    "to_arrow",
]
