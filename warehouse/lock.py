"""One writer at a time: the lock of a data directory, and who holds it."""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout

LOCK_FILE = "feedhouse.lock"
_HOLDER_FILE = "feedhouse.lock.json"
"""Who holds the lock, in a file of its own: on some systems a locked file cannot be read."""


class WriterBusyError(Exception):
    """Another process is writing to the data directory; the message says which."""


@contextmanager
def writer_lock(data: Path, purpose: str) -> Iterator[None]:
    """Hold the data directory for writing while the block runs.

    The system frees the lock when its process ends, however it ends: a crash leaves nothing
    to clean up. Raises WriterBusyError at once when another process holds it.
    """
    data.mkdir(parents=True, exist_ok=True)
    lock, holder = FileLock(data / LOCK_FILE), data / _HOLDER_FILE
    try:
        lock.acquire(timeout=0)
    except Timeout as busy:
        raise WriterBusyError(
            f"{data} is being written by {_name_of(holder)}. Wait for it to end, or stop it, and"
            " try again; reading is possible meanwhile."
        ) from busy
    try:
        holder.write_text(_introduction(purpose), encoding="utf-8")
        yield
    finally:
        holder.unlink(missing_ok=True)
        lock.release()


def _introduction(purpose: str) -> str:
    since = datetime.now(UTC).isoformat(timespec="seconds")
    return json.dumps({"pid": os.getpid(), "purpose": purpose, "since": since})


def _name_of(holder: Path) -> str:
    """Return who holds the lock in words; it may not have introduced itself yet."""
    try:
        record = json.loads(holder.read_text(encoding="utf-8"))
        return f"process {record['pid']} ({record['purpose']}, since {record['since']})"
    except (OSError, ValueError, KeyError, TypeError):
        return "another process"
