"""The Parquet files of a data directory as tables of a DuckDB in memory."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd

from warehouse.catalog import CORE_SCHEMA
from warehouse.dashboard.answers import Answers
from warehouse.dashboard.questions import Question, find_question, parameters_of
from warehouse.evaluations import EVALUATION_SCHEMA, SPONSORS, SPONSORS_TABLE, evaluation_files
from warehouse.models import MART_SCHEMA, mart_columns
from warehouse.quoting import quoted_name, quoted_text

_DICTIONARY = "dictionary"
_READ_TRIES = 3
"""A month may be replaced between the listing of its folder and the opening of its file."""


class ShelfError(Exception):
    """The tables cannot be shown; the message names where they are and the cure."""


class ShelfEmptyError(ShelfError):
    """There are none."""


class ShelfOldError(ShelfError):
    """They were made by an older version, and lack what is asked of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """Tables of one state of the data directory, read where they lie when they are asked."""

    data: Path
    stamp: str
    connection: duckdb.DuckDBPyConnection
    answers: Answers = field(default_factory=Answers)

    def answer(self, question: Question, values: Mapping[str, Any]) -> pd.DataFrame:
        """Return what `frame` does, kept by the values that the question makes use of."""
        used = {name: values[name] for name in sorted(question.parameters) if name in values}
        asked = (question.sql, *((name, _hashable(value)) for name, value in used.items()))
        return self.answers.get(asked, lambda: self.frame(question.sql, used))

    def frame(self, sql: str, values: Mapping[str, Any]) -> pd.DataFrame:
        """Return the answer to a SELECT, times in UTC, days as midnights; raises duckdb.Error.

        Values that the SELECT does not use are left aside, as filters are offered to all.
        Raises ShelfOldError where it asks for a table or column that the files do not have.
        """
        used = {name: values[name] for name in parameters_of(sql) if name in values}
        try:
            for _ in range(_READ_TRIES - 1):
                with suppress(duckdb.IOException):
                    return self._read(sql, used)
            return self._read(sql, used)
        except (duckdb.BinderException, duckdb.CatalogException) as error:
            raise ShelfOldError(_told_old(self.data, str(error).partition("\n")[0])) from error

    def _read(self, sql: str, values: Mapping[str, Any]) -> pd.DataFrame:
        # A cursor of its own: visitors ask at the same time.
        with self.connection.cursor() as cursor:
            answer = cursor.sql(sql, params=values).to_arrow_table()
        frame: pd.DataFrame = answer.to_pandas(date_as_object=False)
        return frame


def _hashable(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def open_shelf(data: Path) -> Shelf:
    """Return the tables of a data directory.

    Core tables that no file exists of yet (nothing was ever rejected, say) are there without
    rows, in the shape that `marts/dictionary.parquet` tells; so are columns that core files of an
    older version lack. Raises ShelfEmptyError when there are no marts, ShelfOldError when they
    are of an older version.
    """
    dictionary = data / MART_SCHEMA / f"{_DICTIONARY}.parquet"
    if not dictionary.exists():
        raise ShelfEmptyError(
            f"There are no tables in {data}. Build them: feedhouse run (or look at invented "
            "ones: feedhouse demo)."
        )
    stamp = stamp_of(data)
    con = duckdb.connect()
    con.execute("set TimeZone = 'UTC'")
    for schema in (CORE_SCHEMA, MART_SCHEMA, EVALUATION_SCHEMA):
        con.execute(f"create schema {schema}")
    for mart in sorted(dictionary.parent.glob("*.parquet")):
        _show_files(con, MART_SCHEMA, mart.stem, mart)
    for folder in sorted((data / CORE_SCHEMA).glob("*/")):
        if any(folder.rglob("part-*.parquet")):
            _show_files(con, CORE_SCHEMA, folder.name, folder / "**" / "part-*.parquet")
    _show_missing(con)
    _check_age(con, data)
    _show_evaluations(con, data)
    return Shelf(data=data, stamp=stamp, connection=con)


def feed_titles(shelf: Shelf) -> dict[str, str]:
    """Return the titles of all feeds by their ids, in the order they are offered."""
    known = shelf.frame(find_question("frame/feeds").sql, {})
    return dict(zip(known["feed_id"], known["feed_label"], strict=True))


def span_of(shelf: Shelf, nothing: date) -> tuple[date, date]:
    """Return the first and last day the tables speak of; twice `nothing` when there is none."""
    span = shelf.frame(find_question("frame/span").sql, {}).iloc[0]
    days = (span[name] for name in ("oldest", "newest"))
    oldest, newest = (nothing if pd.isna(day) else pd.Timestamp(day).date() for day in days)
    return oldest, newest


def stamp_of(data: Path) -> str:
    """Return what changes whenever a load has written tables anew.

    Marts are written last, one by one: a stamp taken in between is followed by another one.
    """
    marts = sorted((data / MART_SCHEMA).glob("*.parquet"))
    files = [*marts, *evaluation_files(data)]
    return " ".join(f"{file.name}:{file.stat().st_mtime_ns}" for file in files)


def _show_files(con: duckdb.DuckDBPyConnection, schema: str, name: str, files: Path) -> None:
    con.execute(
        f"create view {quoted_name(schema, name)} as from read_parquet("
        f"{quoted_text(str(files))}, union_by_name = true, hive_partitioning = true,"
        " hive_types_autocast = false)"
    )


def _show_missing(con: duckdb.DuckDBPyConnection) -> None:
    """Create the described tables that have no file, empty, and described columns, as NULL."""
    described = con.execute(find_question("frame/missing").sql).fetchall()
    shapes: dict[tuple[str, str, bool], list[tuple[str, str]]] = {}
    for schema, table, column, kind, has_files in described:
        shapes.setdefault((schema, table, has_files), []).append((quoted_name(column), kind))
    for (schema, table, has_files), columns in shapes.items():
        name = quoted_name(schema, table)
        if not has_files:
            shape = ", ".join(f"{column} {kind}" for column, kind in columns)
            con.execute(f"create table {name} ({shape})")
        elif schema == CORE_SCHEMA:
            nulls = ", ".join(f"null::{kind} as {column}" for column, kind in columns)
            older = f"{table} of an older version"
            con.execute(f"alter view {name} rename to {quoted_name(older)}")
            con.execute(
                f"create view {name} as from {quoted_name(schema, older)} select *, {nulls}"
            )


def _check_age(con: duckdb.DuckDBPyConnection, data: Path) -> None:
    """Raise ShelfOldError when marts lack a column that their SQL of now describes."""
    held = set(con.execute(find_question("frame/mart_columns").sql).fetchall())
    wanted = {(name, column) for name, columns in mart_columns().items() for column in columns}
    if missing := sorted(wanted - held):
        (mart, column), others = missing[0], len(missing) - 1
        more = f", and {others} more columns are missing" if others else ""
        raise ShelfOldError(_told_old(data, f"marts.{mart} has no column {column}{more}"))


def _told_old(data: Path, what: str) -> str:
    return (
        f"The tables in {data} were made by an older version of Feedhouse: {what}. Make them"
        " again from what was read before, without asking any feed: feedhouse run --offline. If"
        " that is not enough, from the bytes themselves: feedhouse rebuild."
    )


def _show_evaluations(con: duckdb.DuckDBPyConnection, data: Path) -> None:
    """Show what `feedhouse eval` measured, which stands in no mart; empty before it did."""
    if evaluation_files(data):
        files = data / EVALUATION_SCHEMA / f"{SPONSORS_TABLE}-*.parquet"
        _show_files(con, EVALUATION_SCHEMA, SPONSORS_TABLE, files)
        return
    nothing = SPONSORS.empty_table()  # noqa: F841 DuckDB finds it by its name
    name = quoted_name(EVALUATION_SCHEMA, SPONSORS_TABLE)
    con.execute(f"create table {name} as from nothing")
