"""How the warehouse is opened: read-only for answers, aside and alone for a build."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import duckdb

from warehouse.quoting import quoted_text

WAREHOUSE_FILE = "feedhouse.duckdb"
CATALOG = "feedhouse"
_DATA_VARIABLE = "FEEDHOUSE_DATA"
BLOCK_BYTES = 16_384
"""Smallest block DuckDB knows: forty mostly small tables then take a third of the space and of
the time to write that they take in blocks of 256 KB."""


class WarehouseMissingError(Exception):
    """There is no warehouse to read; the message names where it was looked for and the cure."""


def data_directory(data: Path | str | None = None) -> Path:
    """Return the data directory: the one given, else FEEDHOUSE_DATA's, else `data` here."""
    return Path(data or os.environ.get(_DATA_VARIABLE) or "data").absolute()


def connect(data: Path | str | None = None) -> duckdb.DuckDBPyConnection:
    """Return a read-only connection to the warehouse in a data directory, times in UTC.

    Tables stand as `core.articles` and `marts.topic_months`, macros by their bare name. Whoever
    holds the connection goes on reading the warehouse as it was when it was opened; a load
    meanwhile is seen by the next connection.

    The file is attached to a database in memory instead of being opened itself: DuckDB keeps
    one instance per path and process, so a process with one connection left open would be
    given the replaced file again and again.
    """
    path = data_directory(data) / WAREHOUSE_FILE
    if not path.exists():
        raise WarehouseMissingError(f"{path} does not exist. Build it: feedhouse run.")
    return open_read_only(path)


def open_read_only(path: Path) -> duckdb.DuckDBPyConnection:
    """Return a read-only connection to a warehouse file; raises duckdb.Error for another one."""
    con = duckdb.connect()
    try:
        con.execute(f"attach {quoted_text(str(path))} as {CATALOG} (read_only)")
        con.execute(f"use {CATALOG}")
        con.execute("set TimeZone = 'UTC'")
    except duckdb.Error:
        con.close()
        raise
    return con


def open_for_building() -> duckdb.DuckDBPyConnection:
    """Return a connection that reads and writes warehouse files a build attaches, times in UTC.

    A commit writes the file itself instead of a log that would be copied into it right after:
    nobody else reads the file yet, and a build that fails leaves nothing behind.
    """
    con = duckdb.connect()
    con.execute("set TimeZone = 'UTC'")
    con.execute("set wal_autocheckpoint = '1KB'")
    con.execute("set auto_checkpoint_skip_wal_threshold = 0")
    return con


@contextmanager
def writing(con: duckdb.DuckDBPyConnection, path: Path) -> Iterator[None]:
    """Attach a warehouse file, made when it is not there, and run the block as one transaction.

    Committed and detached, hence whole on disk, when the block ends well; rolled back else.
    """
    with _attached(con, path, "" if path.exists() else f"(block_size {BLOCK_BYTES})"):
        con.execute("begin")
        try:
            yield
            con.execute("commit")
        except BaseException:
            with suppress(duckdb.Error):
                con.execute("rollback")
            raise


@contextmanager
def reading(con: duckdb.DuckDBPyConnection, path: Path) -> Iterator[None]:
    """Attach a warehouse file read-only for the block; raises duckdb.Error for another file."""
    with _attached(con, path, "(read_only)"):
        yield


@contextmanager
def _attached(con: duckdb.DuckDBPyConnection, path: Path, options: str) -> Iterator[None]:
    con.execute(f"attach {quoted_text(str(path))} as {CATALOG} {options}")
    con.execute(f"use {CATALOG}")
    try:
        yield
    finally:
        con.execute("use memory")
        con.execute(f"detach {CATALOG}")
