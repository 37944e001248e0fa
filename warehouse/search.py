"""Full-text search: an inverted index of all articles, as two tables of the warehouse file.

DuckDB's fts extension is not used, though it may be there. At 100,000 articles of 300 words its
index takes 82 s of processor time and 230 MB, has to be made anew at every load, and answers in
120 to 500 ms, for `match_bm25` looks at every article. This one takes 30 s and 40 MB, follows
the months that changed at half a second each, and answers in 20 to 90 ms. Nothing has to be
installed, neither for a load nor for a reader: `search_articles` is plain SQL.
"""

import tomllib
from collections.abc import Collection, Iterator, Sequence
from functools import cache

import duckdb

from warehouse.catalog import comment_on
from warehouse.marts import create_macros, run_model
from warehouse.models import SQL_FOLDER, find_models
from warehouse.quoting import quoted_name, quoted_value

SEARCH_SCHEMA = "search"
_FOLDER = SQL_FOLDER / SEARCH_SCHEMA
_BATCH_CHARACTERS = 24_000_000
"""Text indexed at once: about 400 MB of memory, and a search reads a block or two per batch."""


def create_index(con: duckdb.DuckDBPyConnection) -> None:
    """Create the empty index in the current database, and the macros that say what a word is."""
    con.execute(f"create schema {quoted_name(SEARCH_SCHEMA)}")
    for model in find_models(_FOLDER / "tables"):
        table = quoted_name(SEARCH_SCHEMA, model.name)
        run_model(con, model, f"create table {table} as {model.sql}")
        comment_on(con, SEARCH_SCHEMA, model.name, model.description, model.columns)
    create_macros(con, _FOLDER / "macros")


def index_articles(con: duckdb.DuckDBPyConnection, months: Collection[str]) -> None:
    """Bring the index up to date with core.articles, of which these months were loaded anew."""
    if not months:
        return
    _set(con, months=sorted(months), stop_words=_stop_words())
    _run(con, "remove_articles")
    _run(con, "number_articles")
    shelves = _run(con, "list_shelves").fetchall()
    for first, last in _batches(shelves):
        _set(con, first_shelf=first, last_shelf=last)
        _run(con, "index_shelves")


def _batches(shelves: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield the first and last of runs of shelves that are no larger than a batch together."""
    run: list[int] = []
    held = 0
    for shelf, size in shelves:
        if run and held + size > _BATCH_CHARACTERS:
            yield run[0], run[-1]
            run, held = [], 0
        run.append(shelf)
        held += size
    if run:
        yield run[0], run[-1]


@cache
def _stop_words() -> list[str]:
    text = (_FOLDER / "stop_words.toml").read_text(encoding="utf-8")
    words: list[str] = tomllib.loads(text)["words"]
    return words


def _set(con: duckdb.DuckDBPyConnection, **values: str | int | Sequence[str]) -> None:
    """Set variables that the SQL files of this folder read."""
    for name, value in values.items():
        con.execute(f"set variable {quoted_name(name)} = {quoted_value(value)}")


def _run(con: duckdb.DuckDBPyConnection, name: str) -> duckdb.DuckDBPyConnection:
    return con.execute((_FOLDER / f"{name}.sql").read_text(encoding="utf-8"))
