"""Articles whose text holds a copy found by its words alone: the copy is taken out, tags follow."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from orchestration.normalise.retagging import retag_articles
from transforms.editorial_cuts import cut_copies
from transforms.records import Article, Link, Section, SponsorPlacement, arrow_schema, to_arrow
from warehouse.tables import TableChange, read_rows, upsert


def cut_found_copies(core: Path, found: Sequence[SponsorPlacement]) -> list[TableChange]:
    """Take the copies of placements out of their articles' own text; return what changed in core.

    Killed between the sections and the article, the next run finds them apart and joins the text
    anew; killed before the tags, it finds an article that is not tagged. Where nothing is left to
    cut, nothing is written.
    """
    by_month: dict[str, dict[str, list[SponsorPlacement]]] = defaultdict(lambda: defaultdict(list))
    for row in found:
        by_month[row.month][row.article_id].append(row)
    return [
        change
        for month, placements in sorted(by_month.items())
        for change in _cut_month(core, month, placements)
    ]


def _cut_month(
    core: Path, month: str, placements: dict[str, list[SponsorPlacement]]
) -> list[TableChange]:
    articles = _rows(core, Article, month, placements)
    sections, links = (
        _grouped(core, Section, month, placements),
        _grouped(core, Link, month, placements),
    )
    cut = {
        article.article_id: made
        for article in articles
        if (
            made := cut_copies(
                article,
                sections.get(article.article_id, []),
                links.get(article.article_id, []),
                placements[article.article_id],
            )
        )
    }
    if not cut:
        return []
    written: list[tuple[type, list[Any]]] = [
        (Link, [row for _, _, rows in cut.values() for row in rows]),
        (Section, [row for _, rows, _ in cut.values() for row in rows]),
        (Article, [article for article, _, _ in cut.values()]),
    ]
    changes = [upsert(core, arrow_schema(kind), to_arrow(kind, rows)) for kind, rows in written]
    return [*changes, *retag_articles(core, month, cut.keys())]


def _grouped(
    core: Path, record: type, month: str, article_ids: Collection[str]
) -> dict[str, list[Any]]:
    grouped: dict[str, list[Any]] = defaultdict(list)
    for row in _rows(core, record, month, article_ids):
        grouped[row.article_id].append(row)
    return grouped


def _rows(core: Path, record: type, month: str, article_ids: Collection[str]) -> list[Any]:
    table = read_rows(core, arrow_schema(record), months=[month])
    mine = table.filter(pc.is_in(table["article_id"], pa.array(list(article_ids), pa.string())))
    return [
        record(**{k: tuple(v) if isinstance(v, list) else v for k, v in row.items()})
        for row in mine.to_pylist()
    ]
