"""Marts: built from their SQL files inside the warehouse, and kept as Parquet beside it."""

import re
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

import duckdb
import pyarrow as pa

from warehouse.catalog import comment_on, empty_table
from warehouse.files import remove_file, replace_file
from warehouse.models import (
    MART_SCHEMA,
    SQL_FOLDER,
    Model,
    ModelError,
    find_models,
    order_models,
    read_header,
)
from warehouse.python_marts import Mart, PythonMart, compute_rows
from warehouse.quoting import quoted_name, quoted_text
from warehouse.tables import encode_parquet

_ARRIVING = "temp.arriving_rows"
_TABLE_MACRO = re.compile(r"\) as table \(")


def find_marts(python_marts: Sequence[PythonMart] = ()) -> tuple[Mart, ...]:
    """Return all marts, each after those it reads: of the SQL files, and those handed in."""
    marts: list[Mart] = [*find_models(SQL_FOLDER / MART_SCHEMA), *python_marts]
    return order_models(marts)


def create_marts(con: duckdb.DuckDBPyConnection, models: Sequence[Mart]) -> None:
    """Create and fill the marts in the order given, with comments from their headers.

    Raises ModelError when the columns of a mart are not those its header describes.
    """
    con.execute(f"create schema {quoted_name(MART_SCHEMA)}")
    for model in models:
        table = quoted_name(MART_SCHEMA, model.name)
        _run_mart(con, model, f"create table {table} as")
        _check_columns(con, model)
        comment_on(con, MART_SCHEMA, model.name, model.description, model.columns)
    # The data dictionary reads the catalog: only now is everything there, itself included.
    _fill_marts(con, [model for model in models if not model.references])


def refill_marts(
    con: duckdb.DuckDBPyConnection, models: Sequence[Mart], changed: Collection[str]
) -> frozenset[str]:
    """Compute anew the marts that read something that changed; return their names.

    `changed` names tables as `schema.table`. A mart whose rows come out as they were keeps its
    table, and does not count as changed for those that read it. Comments stay, which creating
    marts anew would lose; those that read the catalog only are as they were when created.
    """
    stale, computed = set(changed), set()
    for model in models:
        if stale.isdisjoint(model.references):
            continue
        computed.add(model.name)
        if _refill(con, model):
            stale.add(f"{MART_SCHEMA}.{model.name}")
    return frozenset(computed)


def _refill(con: duckdb.DuckDBPyConnection, model: Mart) -> bool:
    """Compute a mart anew and put its rows in place; return whether they are others."""
    _run_mart(con, model, f"create or replace temp table {_ARRIVING} as")
    table = quoted_name(MART_SCHEMA, model.name)
    is_other = _digest(con, _ARRIVING) != _digest(con, table)
    if is_other:
        empty_table(con, MART_SCHEMA, model.name)
        con.execute(f"insert into {table} from {_ARRIVING}")
    con.execute(f"drop table {_ARRIVING}")
    return is_other


def _digest(con: duckdb.DuckDBPyConnection, table: str) -> tuple[int, int | None]:
    """Return the number of rows of a table and a hash over them all."""
    sql = f"select count(*), sum(hash(each)::hugeint) from {table} as each"  # noqa: S608, a name
    ((count, digest),) = con.execute(sql).fetchall()
    return count, digest


def _fill_marts(con: duckdb.DuckDBPyConnection, models: Sequence[Mart]) -> None:
    for model in models:
        empty_table(con, MART_SCHEMA, model.name)
        _run_mart(con, model, f"insert into {quoted_name(MART_SCHEMA, model.name)}")


def _run_mart(con: duckdb.DuckDBPyConnection, mart: Mart, beginning: str) -> None:
    """Run a statement that takes the rows of a mart."""
    if not isinstance(mart, PythonMart):
        run_model(con, mart, f"{beginning} {mart.sql}")
        return
    con.register("computed", compute_rows(con, mart))
    con.execute(f"{beginning} from computed")
    con.unregister("computed")


def run_model(
    con: duckdb.DuckDBPyConnection,
    model: Model,
    statement: str,
    parameters: Mapping[str, object] | None = None,
) -> None:
    """Run a statement around the SQL of a model; errors name its file."""
    try:
        con.execute(statement, parameters)
    except duckdb.Error as error:
        raise ModelError(f"{model.path} does not run: {error}") from error


def create_macros(con: duckdb.DuckDBPyConnection, folder: Path = SQL_FOLDER / "macros") -> None:
    """Create the macros of a folder by name, each with the header of its file as comment."""
    for path in sorted(folder.glob("*.sql")):
        sql = path.read_text(encoding="utf-8")
        header = read_header(sql, path)
        text = quoted_text(" ".join((header.description, *header.prose)))
        try:
            con.execute(sql)
            kind = "macro table" if _TABLE_MACRO.search(sql) else "macro"
            con.execute(f"comment on {kind} {quoted_name(path.stem)} is {text}")
        except duckdb.Error as error:
            raise ModelError(f"{path} does not make the macro {path.stem}: {error}") from error


def read_marts(con: duckdb.DuckDBPyConnection, models: Sequence[Mart]) -> dict[str, pa.Table]:
    """Return the rows of every mart, the description of each column in its Arrow field."""
    return {model.name: _read_mart(con, model) for model in models}


def write_marts(folder: Path, marts: Mapping[str, pa.Table]) -> None:
    """Write each mart as `<mart>.parquet` where its bytes changed."""
    for name, rows in marts.items():
        path, content = folder / f"{name}.parquet", encode_parquet(rows)
        if not path.exists() or path.read_bytes() != content:
            replace_file(path, content)


def written_marts(folder: Path) -> frozenset[str]:
    """Return the names of the marts that a folder holds as Parquet."""
    return frozenset(path.stem for path in folder.glob("*.parquet"))


def remove_marts(folder: Path, names: Collection[str]) -> None:
    """Remove the Parquet files of marts that are no more."""
    for name in names:
        remove_file(folder / f"{name}.parquet")


def _read_mart(con: duckdb.DuckDBPyConnection, model: Mart) -> pa.Table:
    rows = con.sql(f"from {quoted_name(MART_SCHEMA, model.name)}").to_arrow_table()
    fields = [
        field.with_metadata({"description": model.columns[field.name]}) for field in rows.schema
    ]
    return rows.cast(pa.schema(fields, {"description": model.description}))


def _check_columns(con: duckdb.DuckDBPyConnection, model: Mart) -> None:
    found = con.execute(f"describe {quoted_name(MART_SCHEMA, model.name)}").fetchall()
    made = [row[0] for row in found]
    described = list(model.columns)
    if made == described:
        return
    undescribed = [name for name in made if name not in described]
    unmade = [name for name in described if name not in made]
    raise ModelError(
        f"{model.path}: columns and descriptions differ. Not described: {_listed(undescribed)};"
        f" described but not there: {_listed(unmade)}; order there: {_listed(made)}."
    )


def _listed(names: Sequence[str]) -> str:
    return ", ".join(names) or "none"
