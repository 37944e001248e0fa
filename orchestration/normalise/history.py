"""Rows of walks through history: the lines that close them."""

import json
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from transforms.records import HistoryWalk, arrow_schema, to_arrow
from warehouse.landing import Attempt
from warehouse.tables import TableChange, upsert

COMPLETENESS = "completeness"
"""Option of a closing line, as `orchestration.fetch.history` writes it."""


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
