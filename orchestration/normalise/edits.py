"""Edits of articles that an earlier run read: what core holds of them before it is replaced."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from orchestration.normalise.extraction import FeedResult
from orchestration.normalise.fingerprinting import RULE
from transforms.records import (
    Article,
    ArticleRevision,
    Link,
    SponsorPlacement,
    arrow_schema,
)
from transforms.revisions import with_state_before
from warehouse.tables import read_rows


def with_states_before(core: Path, results: Iterable[FeedResult]) -> list[ArticleRevision]:
    """Return the edits of results with what their articles held until then.

    To be asked before the articles are written: their rows are the only place it stands in.
    """
    edits = [(edit, each.old_months[edit.article_id]) for each in results for edit in each.edits]
    if not edits:
        return []
    places = {edit.article_id: month for edit, month in edits}
    articles = _rows(core, Article, places, ["article_id", "text"])
    placements, links = _rows(core, SponsorPlacement, places), _rows(core, Link, places)
    return [
        with_state_before(
            edit,
            text=articles[edit.article_id][0]["text"],
            placements=_as_read(placements.get(edit.article_id, ())),
            links=[Link(**row) for row in links.get(edit.article_id, ())],
        )
        for edit, _ in edits
    ]


def _as_read(rows: Iterable[dict[str, Any]]) -> list[SponsorPlacement]:
    """Return placements that the document itself showed, in reading order.

    A copy that only other issues told of is no part of what is compared.
    """
    held = (SponsorPlacement(**row) for row in rows if row["rule"] != f"{RULE}+{RULE}")
    return sorted(held, key=lambda row: row.placement_number)


def _rows(
    core: Path, record: type, places: Mapping[str, str], columns: list[str] | None = None
) -> dict[str, list[dict[str, Any]]]:
    """Return the rows of articles by their ids, in the order of their keys."""
    table = read_rows(core, arrow_schema(record), columns=columns, months=set(places.values()))
    mine = table.filter(pc.is_in(table["article_id"], pa.array(list(places), pa.string())))
    grouped: dict[str, list[dict[str, Any]]] = {}
    for row in mine.to_pylist():
        if row["month"] == places[row["article_id"]]:
            grouped.setdefault(row["article_id"], []).append(row)
    return grouped
