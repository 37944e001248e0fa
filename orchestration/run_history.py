"""Dagster's history of runs in SQLite: written fast, and not kept for ever."""

import os
import sqlite3
import sys
from collections import OrderedDict
from contextlib import suppress
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import dagster as dg

if TYPE_CHECKING:
    from sqlalchemy.engine import Engine

KEEP_DAYS = 90
"""Runs older than this say nothing that the tables do not say; an hourly run writes 400 KB."""
_BATCH_RUNS = 200

_STORAGES = (
    "dagster._core.storage.event_log.sqlite.sqlite_event_log",
    "dagster._core.storage.runs.sqlite.sqlite_run_storage",
)
"""Modules of Dagster that ask `create_engine` anew for every event."""
_MAX_FILES = 8
"""A run writes to three; deleting old runs opens a file for each."""

_kept: "OrderedDict[str, Engine]" = OrderedDict()
_ENDED = [
    dg.DagsterRunStatus.SUCCESS,
    dg.DagsterRunStatus.FAILURE,
    dg.DagsterRunStatus.CANCELED,
]


def quicken_history() -> None:
    """Keep open what Dagster writes its history through, where this process has it loaded.

    Dagster makes an engine and a connection for each of a run's 200 events: every statement is
    compiled again, and the last connection to close makes SQLite copy its log into the file,
    three waits for the disk each. Kept, all of that is done once a run. The log stays safe
    against crashes of processes; after a power cut the last seconds of history may be missing,
    never of our data. A process that only shows definitions, or has its history in another
    database, has not loaded those modules and is left alone.
    """
    for name in _STORAGES:
        if name in sys.modules:
            vars(sys.modules[name])["create_engine"] = _kept_engine


def release_history() -> None:
    """Close what was kept open, so that SQLite tidies its files."""
    while _kept:
        _close_oldest()


def delete_old_runs(instance: dg.DagsterInstance, now: datetime, keep_days: int) -> int:
    """Delete ended runs that began more than so many days before now; return how many."""
    old = dg.RunsFilter(statuses=_ENDED, created_before=now - timedelta(days=keep_days))
    count = 0
    while runs := instance.get_runs(filters=old, limit=_BATCH_RUNS):
        for run in runs:
            instance.delete_run(run.run_id)
            count += 1
    return count


def _kept_engine(url: str, **options: Any) -> "Engine":
    """Return the engine of a file, made at the first call; stands in for `create_engine`."""
    from sqlalchemy import create_engine, event  # noqa: PLC0415 slow, and the UI does without
    from sqlalchemy.pool import QueuePool  # noqa: PLC0415 as above

    class KeptPool(QueuePool):
        """Connections that outlive `dispose`, which Dagster calls after every event."""

        def dispose(self) -> None:
            """Keep what is open."""

        def recreate(self) -> "KeptPool":
            return self

    if url not in _kept:
        while len(_kept) >= _MAX_FILES:
            _close_oldest()
        _kept[url] = create_engine(url, **(options | {"poolclass": KeptPool}))
        event.listen(_kept[url], "connect", _wait_less)
        event.listen(_kept[url], "checkin", _tell_watchers)
    _kept.move_to_end(url)
    return _kept[url]


def _close_oldest() -> None:
    from sqlalchemy.pool import QueuePool  # noqa: PLC0415 slow, and the UI does without

    _, engine = _kept.popitem(last=False)
    QueuePool.dispose(engine.pool)  # type: ignore[arg-type]  # made by _kept_engine


def _wait_less(connection: sqlite3.Connection, _record: object) -> None:
    # Dagster turns the log on only after a new file's tables are made, each with its own wait.
    with suppress(sqlite3.OperationalError):  # made by another process at this moment
        connection.execute("pragma journal_mode = wal").fetchall()
    connection.execute("pragma synchronous = normal")


def _tell_watchers(connection: sqlite3.Connection | None, _record: object) -> None:
    """Touch the file: the page of a run that goes on waits for that, and the log beside it grew."""
    if connection is not None:
        path = connection.execute("pragma database_list").fetchall()[0][2]
        with suppress(OSError):  # deleted with its run
            os.utime(path)
