"""Edits of articles that an earlier run read: what core holds of them before it is replaced."""

from collections.abc import Iterable, Mapping, Sequence
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


def with_states_before(core: Path, results: Sequence[FeedResult]) -> list[ArticleRevision]:
    """Return the edits of results with what their articles held until then.

    To be asked, and the answer written, before anything of the articles is: their rows are the
    only place it stands in. What a killed run had told already is taken over.
    """
    told = _told(core, results)
    edits = [
        (edit, each.old_months[edit.article_id])
        for each in results
        for edit in each.edits
        if _key(edit) not in told
    ]
    places = {edit.article_id: month for edit, month in edits}
    articles = _rows(core, Article, places, ["article_id", "text"])
    placements, links = _rows(core, SponsorPlacement, places), _rows(core, Link, places)
    fresh = (
        with_state_before(
            edit,
            text=articles[edit.article_id][0]["text"],
            placements=_as_read(placements.get(edit.article_id, ())),
            links=[Link(**row) for row in links.get(edit.article_id, ())],
        )
        for edit, _ in edits
    )
    return [*told.values(), *fresh]


def _told(core: Path, results: Sequence[FeedResult]) -> dict[tuple[str, int, str], ArticleRevision]:
    """Return the edits that core holds although their documents are not done."""
    edits = {_key(edit): edit.month for each in results for edit in each.edits}
    if not edits:
        return {}
    held = read_rows(core, arrow_schema(ArticleRevision), months=set(edits.values()))
    ids = pa.array([article_id for article_id, _, _ in edits], pa.string())
    rows = held.filter(pc.is_in(held["article_id"], ids)).to_pylist()
    revisions = (ArticleRevision(**row) for row in rows)
    return {_key(row): row for row in revisions if _key(row) in edits}


def _key(edit: ArticleRevision) -> tuple[str, int, str]:
    return edit.article_id, edit.revision, edit.document_id


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
