"""The data dictionary: the contract with readers, as Markdown and as a fingerprint.

Made from an empty warehouse, so that it says what DuckDB makes of the schemas and SQL files and
nothing else.
"""

import hashlib
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from itertools import groupby
from typing import NamedTuple

import duckdb
import pyarrow as pa

from warehouse.bookkeeping import create_bookkeeping, describe_load, find_bookkeeping
from warehouse.build import SCHEMA_VERSION
from warehouse.load import create_core
from warehouse.marts import create_macros, create_marts, find_marts
from warehouse.models import MART_SCHEMA
from warehouse.python_marts import PythonMart
from warehouse.queries import find_queries
from warehouse.quoting import quoted_name
from warehouse.search import create_index


class Entry(NamedTuple):
    """A row of marts.dictionary: a column, or a table where column_name is None."""

    schema_name: str
    table_name: str
    column_number: int
    column_name: str | None
    data_type: str | None
    description: str


class Macro(NamedTuple):
    """A macro and what it is for."""

    name: str
    parameters: tuple[str, ...]
    description: str


class Contract(NamedTuple):
    """What readers may rely on."""

    entries: tuple[Entry, ...]
    macros: tuple[Macro, ...]

    @property
    def fingerprint(self) -> str:
        """Eight hex digits over tables, columns, types and macros; wording does not count."""
        names = [entry[:5] for entry in self.entries] + [macro[:2] for macro in self.macros]
        return hashlib.sha256(repr((SCHEMA_VERSION, names)).encode()).hexdigest()[:8]


def read_contract(
    schemas: Sequence[pa.Schema], python_marts: Sequence[PythonMart] = ()
) -> Contract:
    """Return the contract that schemas, SQL files and the marts handed in make together."""
    with duckdb.connect() as con:
        con.execute("set TimeZone = 'UTC'")
        create_core(con, schemas)
        load = describe_load(datetime(2000, 1, 1, tzinfo=UTC), SCHEMA_VERSION, "", {})
        create_bookkeeping(con, find_bookkeeping(), load)
        create_marts(con, find_marts(python_marts))
        create_index(con)
        create_macros(con)
        rows = con.sql(f"from {quoted_name(MART_SCHEMA, 'dictionary')}").fetchall()
        macros = con.execute(
            "select function_name, parameters, comment from duckdb_functions()"
            " where database_name = current_database() and not internal order by function_name"
        ).fetchall()
    return Contract(
        entries=tuple(Entry(*row) for row in rows),
        macros=tuple(Macro(name, tuple(names), text) for name, names, text in macros),
    )


def write_markdown(contract: Contract) -> str:
    """Return the dictionary as Markdown: a table for each table, then macros and questions."""
    return "\n".join([*_head(contract), *_tables(contract), *_macros(contract), *_questions()])


def _head(contract: Contract) -> Iterator[str]:
    yield "# Data dictionary"
    yield ""
    yield f"Schema version {SCHEMA_VERSION}, contract `{contract.fingerprint}`."
    yield ""
    yield (
        "Made by `python -m orchestration.dictionary` from the records, the SQL files and their"
        " comments; do not edit. The same is in the warehouse: `select * from marts.dictionary`."
        " Times are UTC. Core tables are also Parquet files under `core/<table>/`, marts"
        " `marts/<mart>.parquet`."
    )
    yield ""


def _tables(contract: Contract) -> Iterator[str]:
    for (schema, table), rows in groupby(contract.entries, key=lambda entry: entry[:2]):
        first, *columns = rows
        yield f"## {schema}.{table}"
        yield ""
        yield first.description
        yield ""
        yield "| column | type | |"
        yield "|---|---|---|"
        for each in columns:
            yield f"| {each.column_name} | {each.data_type} | {_cell(each.description)} |"
        yield ""


def _macros(contract: Contract) -> Iterator[str]:
    yield "## Macros"
    yield ""
    yield "| macro | |"
    yield "|---|---|"
    for macro in contract.macros:
        yield f"| {macro.name}({', '.join(macro.parameters)}) | {_cell(macro.description)} |"
    yield ""


def _questions() -> Iterator[str]:
    yield "## Saved questions"
    yield ""
    yield "| `feedhouse ask` | | parameters |"
    yield "|---|---|---|"
    for query in find_queries().values():
        parameters = ", ".join(f"{each.name} = {each.default}" for each in query.parameters)
        yield f"| {query.name} | {query.question} | {parameters} |"
    yield ""


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
