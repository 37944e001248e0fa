"""Saved queries: questions in SQL files, with the parameters they take."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import duckdb

from warehouse.models import SQL_FOLDER, ModelError
from warehouse.quoting import quoted_value

Value = str | int | float | bool | None

_PARAMETER_LINE = re.compile(r"-- param: (\w+) = (\S+)  +(\S.*)")
_NULL = "null"


class QueryError(Exception):
    """A saved query cannot be run as asked; the message names what is wrong and the cure."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """A value a saved query asks for."""

    name: str
    default: Value
    description: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """A question with the SQL that answers it."""

    name: str
    question: str
    parameters: tuple[Parameter, ...]
    sql: str


class Answer(NamedTuple):
    """What a query gave."""

    columns: list[str]
    rows: list[tuple[Any, ...]]


def find_queries(folder: Path = SQL_FOLDER / "queries") -> dict[str, Query]:
    """Return the saved queries of a folder by name; raises ModelError for a file that is none."""
    return {path.stem: _read_query(path) for path in sorted(folder.glob("*.sql"))}


def run_query(
    con: duckdb.DuckDBPyConnection, query: Query, parameters: Mapping[str, Value]
) -> Answer:
    """Return the answer to a saved query, defaults in the place of parameters not given.

    Values may come as text, as from a command line: they become what the default is. Raises
    QueryError for a parameter the query does not have, or a value it cannot take.
    """
    known = [parameter.name for parameter in query.parameters]
    unknown = sorted(parameters.keys() - set(known))
    if unknown:
        listed = ", ".join(known) or "none"
        raise QueryError(f"{query.name} has no parameter {unknown[0]!r}; it has: {listed}")
    values = {
        each.name: _as_kind_of(each, parameters[each.name], query.name)
        if each.name in parameters
        else each.default
        for each in query.parameters
    }
    # Values go in as literals: for a parameter DuckDB's Python client imports pandas, which takes
    # longer than to answer.
    given = ", ".join(f"{name} := {quoted_value(value)}" for name, value in values.items())
    try:
        con.execute(f"prepare asked as {query.sql}")
        found = con.execute(f"execute asked({given})" if given else "execute asked")
        columns = [column[0] for column in found.description or ()]
        return Answer(columns, found.fetchall())
    except duckdb.Error as error:
        raise QueryError(f"{query.name} cannot be answered with {values}: {error}") from error


def _as_kind_of(parameter: Parameter, value: Value, query_name: str) -> Value:
    """Return a value in the type of the parameter's default."""
    if not isinstance(value, str) or isinstance(parameter.default, str):
        return value
    read = _read_value(value)
    if parameter.default is None:
        return None if read is None else value
    if isinstance(read, type(parameter.default)):
        return read
    if isinstance(parameter.default, float) and isinstance(read, int):
        return float(read)
    raise QueryError(
        f"{query_name}: {parameter.name} takes a value such as {parameter.default}, not {value!r}"
    )


def _read_query(path: Path) -> Query:
    sql = path.read_text(encoding="utf-8")
    first = sql.partition("\n")[0]
    if not (first.startswith("-- ") and first.endswith("?")):
        raise ModelError(f"{path} must open with its question, as in `-- Who sponsors most?`")
    parameters = [
        Parameter(name=found[1], default=_read_value(found[2]), description=found[3])
        for line in sql.splitlines()
        if (found := _PARAMETER_LINE.fullmatch(line))
    ]
    return Query(
        name=path.stem,
        question=first.removeprefix("-- "),
        parameters=tuple(parameters),
        sql=sql,
    )


def _read_value(text: str) -> Value:
    """Return the value a word stands for: null, a truth value, a number, or itself."""
    if text == _NULL:
        return None
    if text in {"true", "false"}:
        return text == "true"
    for kind in (int, float):
        try:
            return kind(text)
        except ValueError:
            continue
    return text
