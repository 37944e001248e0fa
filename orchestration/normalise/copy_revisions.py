"""What recurring copy changes in articles, written with the revision that says so."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from transforms.records import (
    Article,
    ArticleCompany,
    ArticleRevision,
    SponsorPlacement,
    arrow_schema,
    month_of,
    to_arrow,
)
from transforms.sponsors.fingerprints import CopyIndex, KnownCopy
from warehouse.tables import TableChange, read_rows, upsert


def write_recurring(
    core: Path,
    changed: list[SponsorPlacement],
    fresh: Mapping[str, str],
    index: CopyIndex,
) -> list[TableChange]:
    """Write the sponsors of articles whose placements changed and, where it is one, a revision."""
    if not changed:
        return []
    revised = _revised(core, changed, fresh, index)
    changes = [upsert(core, arrow_schema(ArticleCompany), _companies(core, changed))]
    if revised:
        revisions = [_revision(article, seen_at, doc) for article, seen_at, doc in revised]
        articles = [Article(**article) for article, _, _ in revised]
        changes += [
            upsert(core, arrow_schema(ArticleRevision), to_arrow(ArticleRevision, revisions)),
            upsert(core, arrow_schema(Article), to_arrow(Article, articles)),
        ]
    return changes


def _companies(core: Path, changed: list[SponsorPlacement]) -> pa.Table:
    """Return all company rows of the changed articles, their sponsors among them."""
    months = {row.month for row in changed}
    ids = pa.array(sorted({row.article_id for row in changed}), pa.string())
    held = read_rows(core, arrow_schema(ArticleCompany), months=months)
    rows = [
        ArticleCompany(**row) for row in held.filter(pc.is_in(held["article_id"], ids)).to_pylist()
    ]
    keys = {(row.article_id, row.company_id, row.role) for row in rows}
    for row in changed:
        assert row.sponsor_id
        assert row.sponsor_name
        if (row.article_id, row.sponsor_id, "sponsor") not in keys:
            keys.add((row.article_id, row.sponsor_id, "sponsor"))
            rows.append(
                ArticleCompany(
                    article_id=row.article_id, company_id=row.sponsor_id,
                    company_name=row.sponsor_name, role="sponsor", mention_count=1, month=row.month,
                )
            )  # fmt: skip
    return to_arrow(ArticleCompany, rows)


def _revised(
    core: Path, changed: list[SponsorPlacement], fresh: Mapping[str, str], index: CopyIndex
) -> list[tuple[dict[str, Any], datetime, str]]:
    """Return articles whose change is a revision, with when and in what document it showed."""
    evidence = {row.article_id: _evidence_ids(row, index) for row in changed}
    copies = {copy.article_id: copy for copy in index.copies}
    wanted = [each for ids in evidence.values() for each in ids if each in copies]
    articles = read_articles(core, changed)
    sources = _articles_of(core, {copies[each].article_id: copies[each] for each in wanted})
    revised = []
    for article_id, article in articles.items():
        shown = [sources[each] for each in evidence[article_id] if each in sources]
        if not shown:
            continue
        latest = max(shown, key=lambda each: each["first_seen_at"])
        is_later = latest["first_seen_at"] > article["last_seen_at"]
        if article_id in fresh and not is_later:
            continue
        revised.append(
            (
                {**article, "revision": article["revision"] + 1},
                max(latest["first_seen_at"], article["last_seen_at"]),
                latest["document_id"],
            )
        )
    return revised


def _evidence_ids(row: SponsorPlacement, index: CopyIndex) -> list[str]:
    return [copy.article_id for copy in index.copies if copy.placement_id in row.evidence.split()]


def _articles_of(core: Path, copies: Mapping[str, KnownCopy]) -> dict[str, dict[str, Any]]:
    if not copies:
        return {}
    months = {month_of(copy.published_at) for copy in copies.values()}
    table = read_rows(core, arrow_schema(Article), months=months)
    mine = table.filter(pc.is_in(table["article_id"], pa.array(list(copies), pa.string())))
    return {row["article_id"]: row for row in mine.to_pylist()}


def _revision(article: Mapping[str, Any], seen_at: datetime, document_id: str) -> ArticleRevision:
    return ArticleRevision(
        article_id=article["article_id"],
        revision=article["revision"],
        seen_at=seen_at,
        title=article["title"],
        content_hash=article["content_hash"],
        word_count=article["word_count"],
        changes=("sponsor",),
        document_id=document_id,
        month=month_of(seen_at),
    )


def read_articles(core: Path, rows: Iterable[SponsorPlacement]) -> dict[str, dict[str, Any]]:
    """Return the articles that placements stand in, by id."""
    held = {row.article_id: row.month for row in rows}
    table = read_rows(core, arrow_schema(Article), months=set(held.values()))
    mine = table.filter(pc.is_in(table["article_id"], pa.array(list(held), pa.string())))
    return {row["article_id"]: row for row in mine.to_pylist()}
