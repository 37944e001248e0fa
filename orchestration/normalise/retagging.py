"""Kinds and tags anew from core text when the lexicons changed; no landed byte is read again.

Month by month, articles last: killed half-way, the months that are left are still marked with
the lexicons that tagged them, and the next run goes on with those.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from orchestration.normalise.pending import stale_months
from transforms.items import Outline, item_roles
from transforms.lexicons import Lexicons, load_lexicons
from transforms.records import (
    Article,
    ArticleCompany,
    ArticleTechnology,
    ArticleTopic,
    Feed,
    Link,
    Section,
    SectionTopic,
    SponsorPlacement,
    arrow_schema,
    to_arrow,
)
from transforms.tags import Taggable, Tags, tag_article, tag_items
from warehouse.tables import TableChange, read_rows, upsert

_EDITORIAL = frozenset({"editorial", "digest_item", "references"})


@dataclass(frozen=True, slots=True, kw_only=True)
class TagChange:
    """How many articles, or items, a tag has now and would have under the lexicons as they are."""

    what: str
    tag: str
    old_count: int
    new_count: int
    gained: int
    lost: int
    example: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Retagged:
    article: Article
    sections: tuple[Section, ...]
    tags: Tags
    item_topics: tuple[SectionTopic, ...]


def retag(core: Path) -> list[TableChange]:
    """Tag every article anew that other lexicons tagged; return what changed in core."""
    return [
        change
        for month in stale_months(core)
        for change in _retag_month(core, month, load_lexicons())
    ]


def compare_tags(core: Path) -> list[TagChange]:
    """Return what the lexicons as they are would change, tag by tag; nothing is written."""
    lexicons = load_lexicons()
    old: dict[tuple[str, str], dict[str, str]] = {}
    new: dict[tuple[str, str], dict[str, str]] = {}
    schema = arrow_schema(Article)
    months = set(read_rows(core, schema, columns=["article_id"])["month"].to_pylist())
    for month in sorted(months):
        for what, record, column in _TAG_TABLES:
            for row in read_rows(core, arrow_schema(record), months=[month]).to_pylist():
                old.setdefault((what, row[column]), {})[_place_of(row)] = ""
        for each in _retagged(core, month, lexicons):
            for what, tag, place, title in _tags_of(each):
                new.setdefault((what, tag), {})[place] = title
    pairs = [(key, old.get(key, {}), new.get(key, {})) for key in sorted({*old, *new})]
    return [_tag_change(key, was, now) for key, was, now in pairs if was.keys() != now.keys()]


_TAG_TABLES = (
    ("topic", ArticleTopic, "topic_id"),
    ("item topic", SectionTopic, "topic_id"),
    ("company", ArticleCompany, "company_id"),
    ("technology", ArticleTechnology, "technology_id"),
    ("kind", Article, "kind"),
)


def _place_of(row: Mapping[str, Any]) -> str:
    """Return what carries a tag: an article, or one item of a digest."""
    return f"{row['article_id']}/{row.get('section_number', '')}"


def _tags_of(each: _Retagged) -> Iterator[tuple[str, str, str, str]]:
    """Yield what kind of tag, the tag, what carries it, and the title of that."""
    article_id, title = each.article.article_id, each.article.title or each.article.article_id
    tags = [
        *(("topic", row.topic_id) for row in each.tags.topics),
        *(("company", row.company_id) for row in each.tags.companies),
        *(("technology", row.technology_id) for row in each.tags.technologies),
        ("kind", each.tags.kind),
    ]
    yield from ((what, tag, f"{article_id}/", title) for what, tag in tags)
    headings = {section.section_number: section.heading or title for section in each.sections}
    for row in each.item_topics:
        place = f"{article_id}/{row.section_number}"
        yield "item topic", row.topic_id, place, headings[row.section_number]


def _tag_change(key: tuple[str, str], was: Mapping[str, str], now: Mapping[str, str]) -> TagChange:
    gained = sorted(now.keys() - was.keys())
    return TagChange(
        what=key[0],
        tag=key[1],
        old_count=len(was),
        new_count=len(now),
        gained=len(gained),
        lost=len(was.keys() - now.keys()),
        example=now[gained[0]] if gained else None,
    )


def retag_articles(core: Path, month: str, article_ids: Collection[str]) -> list[TableChange]:
    """Tag some articles of a month anew, whose text changed in core; return what changed."""
    return _retag_month(core, month, load_lexicons(), article_ids)


def _retag_month(
    core: Path, month: str, lexicons: Lexicons, article_ids: Collection[str] | None = None
) -> list[TableChange]:
    made = list(_retagged(core, month, lexicons, article_ids))
    replaced = {month: [(each.article.article_id,) for each in made]}
    rows: list[tuple[type, list[Any]]] = [
        (ArticleTopic, [row for each in made for row in each.tags.topics]),
        (SectionTopic, [row for each in made for row in each.item_topics]),
        (ArticleCompany, [row for each in made for row in each.tags.companies]),
        (ArticleTechnology, [row for each in made for row in each.tags.technologies]),
        (Section, [row for each in made for row in each.sections]),
        (Article, [each.article for each in made]),
    ]
    return [
        upsert(core, arrow_schema(record), to_arrow(record, found), replaced=replaced)
        for record, found in rows
    ]


def _retagged(
    core: Path, month: str, lexicons: Lexicons, article_ids: Collection[str] | None = None
) -> Iterator[_Retagged]:
    feeds = {row["feed_id"]: row for row in read_rows(core, arrow_schema(Feed)).to_pylist()}
    sections = _by_article(core, Section, month)
    links = _by_article(core, Link, month)
    placements = _by_article(core, SponsorPlacement, month)
    for row in read_rows(core, arrow_schema(Article), months=[month]).to_pylist():
        article = Article(**_tuples(row))
        if article_ids is not None and article.article_id not in article_ids:
            continue
        own = sections.get(article.article_id, [])
        tagged = _taggable(
            article, own, links.get(article.article_id, []), feeds.get(article.feed_id, {})
        )
        paid = placements.get(article.article_id, [])
        tags = tag_article(tagged, article.article_id, month, paid, lexicons)
        own = _with_roles(own, tags.kind)
        yield _Retagged(
            article=replace(article, kind=tags.kind, lexicon_version=lexicons.version),
            sections=tuple(own),
            tags=tags,
            item_topics=tag_items(own, paid, lexicons),
        )


def _taggable(
    article: Article,
    sections: Sequence[Section],
    links: Sequence[Link],
    feed: Mapping[str, Any],
) -> Taggable:
    own = [section for section in sections if section.heading and section.role in _EDITORIAL]
    linked = {(link.section_number, link.anchor_text) for link in links}
    offers = Counter(section.role for section in sections for _ in section.text.split())
    return Taggable(
        title=article.title,
        text=article.text,
        headings=tuple(section.heading or "" for section in own),
        item_headings=tuple(
            section.heading or ""
            for section in own
            if (section.section_number, section.heading) in linked
        ),
        categories=article.categories,
        is_paywalled=article.is_paywalled,
        house_word_count=offers["house_promo"],
        publication=article.publication or feed.get("title"),
        home_url=None if article.publication else feed.get("home_url"),
    )


def _with_roles(sections: Sequence[Section], kind: str) -> list[Section]:
    """Return sections with the roles their article's kind gives them: items belong to digests."""
    outlines = [Outline(each.level, each.heading, each.word_count, each.role) for each in sections]
    roles = item_roles(outlines, is_digest=kind == "digest")
    return [replace(each, role=role) for each, role in zip(sections, roles, strict=True)]


def _by_article(core: Path, record: type, month: str) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    for row in read_rows(core, arrow_schema(record), months=[month]).to_pylist():
        found.setdefault(row["article_id"], []).append(record(**_tuples(row)))
    return found


def _tuples(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: tuple(value) if isinstance(value, list) else value for name, value in row.items()}
