"""Marts: built from their SQL files inside the warehouse, and kept as Parquet beside it."""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

import duckdb
import pyarrow as pa

from warehouse.catalog import comment_on, empty_table
from warehouse.files import replace_file
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


def refill_marts(con: duckdb.DuckDBPyConnection, models: Sequence[Mart]) -> None:
    """Fill marts anew but for those that read the catalog only: it is as it was when created.

    Their comments, which creating them anew would lose, stay.
    """
    _fill_marts(con, [model for model in models if model.references])


def _fill_marts(con: duckdb.DuckDBPyConnection, models: Sequence[Mart]) -> None:
    for model in models:
        table = quoted_name(MART_SCHEMA, model.name)
        empty_table(con, MART_SCHEMA, model.name)
        _run_mart(con, model, f"insert into {table}")


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
    """Write each mart as `<mart>.parquet` where its bytes changed; remove those of no mart."""
    for name, rows in marts.items():
        path, content = folder / f"{name}.parquet", encode_parquet(rows)
        if not path.exists() or path.read_bytes() != content:
            replace_file(path, content)
    for path in folder.glob("*.parquet"):
        if path.stem not in marts:
            path.unlink()


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
