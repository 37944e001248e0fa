"""Full-text search by DuckDB's fts extension, where somebody put it on this machine.

Without it `search_articles` is the plain macro that every reader has. The extension is never
downloaded here: it is what `install fts` left behind, or the wheel `duckdb-extension-fts`.
"""

import importlib.util
from pathlib import Path

import duckdb

from warehouse.models import SQL_FOLDER
from warehouse.quoting import quoted_text

INDEX_SCHEMA = "fts_core_articles"
"""Where the extension keeps its index of core.articles."""

MOST_INDEXED = 20_000
"""Articles up to which an index is kept: it is made anew at each load, a second per 4,000
articles, and above this answers no sooner than a scan of all texts does."""


def load_extension(con: duckdb.DuckDBPyConnection) -> bool:
    """Load the fts extension into a connection; return whether there is one to load.

    Not inside a transaction: one that is not there would end it.
    """
    for name in ("fts", *(quoted_text(str(path)) for path in _wheel_files())):
        try:
            con.execute(f"load {name}")
        except duckdb.Error:
            continue
        return True
    return False


def index_articles(con: duckdb.DuckDBPyConnection) -> None:
    """Index the articles of the current database anew, by the extension loaded before.

    An archive too large for it has its index taken away.
    """
    ((count,),) = con.execute("select count(*) from core.articles").fetchall()
    _run(con, "index_articles" if count <= MOST_INDEXED else "drop_index")


def drop_index(con: duckdb.DuckDBPyConnection) -> None:
    """Take the index away: without the extension it cannot follow the articles."""
    _run(con, "drop_index")


def use_index(con: duckdb.DuckDBPyConnection) -> None:
    """Let `search_articles` of a connection use the index, when file and extension are there."""
    if has_index(con) and load_extension(con):
        _run(con, "search_articles")


def has_index(con: duckdb.DuckDBPyConnection) -> bool:
    """Return whether the current database holds an index of its articles."""
    found = con.execute(
        "select 1 from duckdb_schemas()"
        " where database_name = current_database() and schema_name = $schema",
        {"schema": INDEX_SCHEMA},
    ).fetchall()
    return bool(found)


def _wheel_files() -> list[Path]:
    """Return the extension of this very DuckDB version from its wheel; none without a wheel."""
    spec = importlib.util.find_spec("duckdb_extension_fts")
    if spec is None or spec.origin is None:
        return []
    pattern = f"extensions/v{duckdb.__version__}/fts.duckdb_extension"
    return sorted(Path(spec.origin).parent.glob(pattern))


def _run(con: duckdb.DuckDBPyConnection, name: str) -> None:
    con.execute((SQL_FOLDER / "search" / f"{name}.sql").read_text(encoding="utf-8"))
