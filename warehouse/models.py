"""The SQL files behind marts, checks and macros: read, described by their headers, ordered.

A file opens with comment lines. The first says what it gives and ends with its grain; lines of
the form `column: what it holds` describe its columns; the others are prose. What a file reads
is taken from its SQL, never declared a second time.
"""

import json
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import Protocol, TypeVar

import duckdb

from warehouse.quoting import quoted_text

SQL_FOLDER = Path(__file__).with_name("sql")
MART_SCHEMA = "marts"

_COLUMN_LINE = re.compile(r"([a-z][a-z0-9_]*): (.+)")
_CONTINUED_LINE = re.compile(r"  +(\S.*)")


class ModelError(Exception):
    """A SQL file is not as it has to be; the message names it and the cure."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """The comment lines a SQL file opens with."""

    description: str
    prose: tuple[str, ...]
    columns: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """A SQL file with one SELECT, as `marts/sponsor_roster.sql`, and what it says of itself."""

    name: str
    path: Path
    sql: str
    description: str
    columns: Mapping[str, str]
    references: frozenset[str]
    """Tables it reads, as `schema.table`."""


class Node(Protocol):
    """A mart as its place among the others needs it: an SQL file's, or a function's."""

    @property
    def name(self) -> str:
        """Name of the mart."""

    @property
    def path(self) -> Path:
        """File that makes it."""

    @property
    def references(self) -> frozenset[str]:
        """Tables it reads, as `schema.table`."""


AnyNode = TypeVar("AnyNode", bound=Node)


def find_models(folder: Path) -> tuple[Model, ...]:
    """Return the models of a folder by name; raises ModelError for a file that is none."""
    paths = sorted(folder.glob("*.sql"))
    return _read_models(tuple((path, path.read_text(encoding="utf-8")) for path in paths))


def mart_columns() -> dict[str, frozenset[str]]:
    """Return the columns that the headers of the marts' SQL files describe, by mart."""
    paths = sorted((SQL_FOLDER / MART_SCHEMA).glob("*.sql"))
    headers = {path.stem: read_header(path.read_text(encoding="utf-8"), path) for path in paths}
    return {name: frozenset(header.columns) for name, header in headers.items()}


def order_models(models: Iterable[AnyNode]) -> tuple[AnyNode, ...]:
    """Return models so that each comes after those it reads; raises ModelError for a circle.

    Models that read nothing but the catalog (the data dictionary) come last: they tell of all
    the others.
    """
    by_name = {f"{MART_SCHEMA}.{model.name}": model for model in models}
    for model in by_name.values():
        _check_references(model, by_name)
    graph = {
        name: sorted(model.references & by_name.keys()) for name, model in sorted(by_name.items())
    }
    try:
        names = tuple(TopologicalSorter(graph).static_order())
    except CycleError as error:
        circle = " -> ".join(reversed(error.args[1]))
        raise ModelError(f"marts read one another in a circle: {circle}") from error
    read = frozenset[str]().union(*(model.references for model in by_name.values()))
    is_catalog = {name: not by_name[name].references and name not in read for name in names}
    return tuple(by_name[name] for name in sorted(names, key=is_catalog.__getitem__))


def read_header(sql: str, path: Path) -> Header:
    """Return the header of a SQL file; raises ModelError when it does not say what it gives."""
    lines = list(_comment_lines(sql))
    if not lines or not lines[0].strip():
        raise ModelError(f"{path} must open with a comment line that says what it gives")
    prose: list[str] = []
    columns: dict[str, str] = {}
    for line in lines[1:]:
        described = _COLUMN_LINE.fullmatch(line)
        continued = _CONTINUED_LINE.fullmatch(line)
        if described:
            columns[described[1]] = described[2]
        elif continued and columns:
            last = next(reversed(columns))
            columns[last] = f"{columns[last]} {continued[1]}"
        else:
            prose.append(line.strip())
    return Header(description=lines[0].strip(), prose=tuple(prose), columns=columns)


@cache
def _read_models(files: tuple[tuple[Path, str], ...]) -> tuple[Model, ...]:
    """Return the models of files by their text: a process that builds often parses once."""
    with duckdb.connect() as con:
        return tuple(_read_model(path, sql, con) for path, sql in files)


def _read_model(path: Path, sql: str, con: duckdb.DuckDBPyConnection) -> Model:
    header = read_header(sql, path)
    return Model(
        name=path.stem,
        path=path,
        sql=sql.rstrip().removesuffix(";"),
        description=" ".join((header.description, *header.prose)),
        columns=header.columns,
        references=_read_references(sql, path, con),
    )


def _comment_lines(sql: str) -> Iterator[str]:
    """Yield the comment lines a file opens with, without their dashes."""
    for line in sql.splitlines():
        if not line.startswith("--"):
            return
        yield line.removeprefix("--").removeprefix(" ")


def _read_references(sql: str, path: Path, con: duckdb.DuckDBPyConnection) -> frozenset[str]:
    """Return the tables a SELECT reads, as DuckDB's own parser sees them.

    Names without a schema are those of its common table expressions.
    """
    # As a literal: for a parameter DuckDB's Python client imports pandas, which takes a second.
    ((text,),) = con.execute(f"select json_serialize_sql({quoted_text(sql)})").fetchall()
    parsed = json.loads(text)
    if parsed["error"]:
        raise ModelError(f"{path} is not one SELECT: {parsed['error_message']}")
    if len(parsed["statements"]) != 1:
        raise ModelError(f"{path} must hold one SELECT, not {len(parsed['statements'])}")
    return frozenset(_base_tables(parsed))


def _base_tables(node: object) -> Iterator[str]:
    if isinstance(node, list):
        for each in node:
            yield from _base_tables(each)
    elif isinstance(node, dict):
        if node.get("type") == "BASE_TABLE" and node.get("schema_name"):
            yield f"{node['schema_name']}.{node['table_name']}"
        for each in node.values():
            yield from _base_tables(each)


def _check_references(model: Node, known: Collection[str]) -> None:
    prefix = f"{MART_SCHEMA}."
    missing = sorted(r for r in model.references if r.startswith(prefix) and r not in known)
    if missing:
        raise ModelError(f"{model.path} reads {missing[0]}, which no file makes")
