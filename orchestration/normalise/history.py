"""Rows of walks through history: the lines that close them, and what they say of months."""

import json
from collections.abc import Collection, Iterable, Iterator
from datetime import datetime
from pathlib import Path

from transforms.records import Document, HistoryMonth, HistoryWalk, arrow_schema, to_arrow
from warehouse.landing import Attempt, Landing
from warehouse.tables import TableChange, read_rows, upsert

COMPLETENESS = "completeness"
"""Option of a closing line, as `orchestration.fetch.history` writes it."""

MAX_MISSING_TOLD = 200
"""Addresses kept with a month; all of them follow from the landed lists."""
_LISTS = frozenset({"sitemap", "substack-archive"})


def write_history_walks(core: Path, fresh: Iterable[Attempt]) -> TableChange:
    """Write the closed walks among attempts that core/fetches does not list yet."""
    rows = (_walk(attempt) for attempt in fresh if COMPLETENESS in attempt.options)
    return upsert(core, arrow_schema(HistoryWalk), to_arrow(HistoryWalk, rows))


def _walk(attempt: Attempt) -> HistoryWalk:
    told = json.loads(attempt.options[COMPLETENESS])
    return HistoryWalk(
        feed_id=attempt.feed_id,
        source=attempt.options["source"],
        closed_at=attempt.fetched_at,
        is_available=told["is_available"],
        proofs=tuple(told["proofs"]),
        since_at=datetime.fromisoformat(told["since"]) if told["since"] else None,
        until_at=datetime.fromisoformat(told["until"]),
        listed_count=told["listed_count"],
        missing_count=told["missing_count"],
    )


def write_history_months(
    core: Path, landing: Landing, feed_ids: Collection[str]
) -> list[TableChange]:
    """Write what lists and closed walks say of the months of those feeds that have any.

    A feed whose past nobody asked for costs nothing here.
    """
    asked = _feeds_with_history(core, feed_ids)
    if not asked:
        return []
    rows = [row for feed_id in sorted(asked) for row in _months(core, landing, feed_id)]
    return [upsert(core, arrow_schema(HistoryMonth), to_arrow(HistoryMonth, rows))]


def _feeds_with_history(core: Path, feed_ids: Collection[str]) -> set[str]:
    if not feed_ids:
        return set()
    walks = read_rows(core, arrow_schema(HistoryWalk), columns=["feed_id"], feed_ids=feed_ids)
    documents = read_rows(
        core, arrow_schema(Document), columns=["feed_id", "format"], feed_ids=feed_ids
    )
    listed = {row["feed_id"] for row in documents.to_pylist() if row["format"] in _LISTS}
    return listed | set(walks["feed_id"].to_pylist())


def _months(core: Path, landing: Landing, feed_id: str) -> Iterator[HistoryMonth]:
    # The sources of history need libraries that a run without history does not load.
    from orchestration.fetch.history.completeness import history_coverage  # noqa: PLC0415

    for month in history_coverage(landing, core, feed_id):
        if month.listed_count or month.proofs:
            yield HistoryMonth(
                feed_id=feed_id,
                published_month=month.month,
                listed_count=month.listed_count,
                missing_count=len(month.missing),
                missing_urls=month.missing[:MAX_MISSING_TOLD],
                proofs=month.proofs,
                proven_until_at=month.proven_until,
            )
