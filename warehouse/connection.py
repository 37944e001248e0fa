"""How the warehouse is opened for reading."""

from pathlib import Path

import duckdb

from warehouse.quoting import quoted_text

WAREHOUSE_FILE = "feedhouse.duckdb"
CATALOG = "feedhouse"


class WarehouseMissingError(Exception):
    """There is no warehouse to read; the message names where it was looked for and the cure."""


def connect(data: Path) -> duckdb.DuckDBPyConnection:
    """Return a read-only connection to the warehouse in a data directory, times in UTC.

    Tables stand as `core.articles` and `marts.topic_months`, macros by their bare name. Whoever
    holds the connection goes on reading the warehouse as it was when it was opened; a load
    meanwhile is seen by the next connection.

    The file is attached to a database in memory instead of being opened itself: DuckDB keeps
    one instance per path and process, so a process with one connection left open would be
    given the replaced file again and again.
    """
    path = Path(data) / WAREHOUSE_FILE
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
