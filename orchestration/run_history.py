"""Dagster's history of runs in SQLite: written fast, and not kept for ever."""

import sqlite3
from contextlib import suppress
from datetime import datetime, timedelta

import dagster as dg
from sqlalchemy import event
from sqlalchemy.engine import Engine

KEEP_DAYS = 90
"""Runs older than this say nothing that the tables do not say; an hourly run writes 400 KB."""
_BATCH_RUNS = 200

_held: dict[str, sqlite3.Connection] = {}
_ENDED = [
    dg.DagsterRunStatus.SUCCESS,
    dg.DagsterRunStatus.FAILURE,
    dg.DagsterRunStatus.CANCELED,
]


def quicken_history() -> None:
    """Spare the history of this process a wait for the disk at each of a run's 200 events.

    Dagster opens and closes a connection per event, and the last one to close makes SQLite copy
    its log into the file: three waits for the disk each. A connection held open stops the
    copying, and the log stays safe against crashes of processes; after a power cut the last
    seconds of history may be missing, never of our data. Other databases are left alone.
    """
    if not event.contains(Engine, "connect", _quicken):
        event.listen(Engine, "connect", _quicken)


def release_history() -> None:
    """Close what was held open, so that SQLite tidies its files."""
    while _held:
        _, connection = _held.popitem()
        connection.close()


def delete_old_runs(instance: dg.DagsterInstance, now: datetime, keep_days: int) -> int:
    """Delete ended runs that began more than so many days before now; return how many."""
    old = dg.RunsFilter(statuses=_ENDED, created_before=now - timedelta(days=keep_days))
    count = 0
    while runs := instance.get_runs(filters=old, limit=_BATCH_RUNS):
        for run in runs:
            instance.delete_run(run.run_id)
            count += 1
    return count


def _quicken(connection: object, _record: object) -> None:
    if not isinstance(connection, sqlite3.Connection):
        return
    path = connection.execute("pragma database_list").fetchall()[0][2]
    if not path:  # in memory
        return
    if path not in _held:
        with suppress(sqlite3.OperationalError):  # made by another process at this moment
            connection.execute("pragma journal_mode = wal").fetchall()
        held = sqlite3.connect(path, check_same_thread=False)
        held.execute("select count(*) from sqlite_master").fetchall()
        _held[path] = held
    connection.execute("pragma synchronous = normal")
