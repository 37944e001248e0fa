"""What a warehouse file says of itself: as_of, versions, files it was loaded from, checks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb

from warehouse.catalog import CORE_SCHEMA, comment_on, empty_table
from warehouse.checks import CheckResult
from warehouse.connection import reading
from warehouse.load import CoreFile
from warehouse.marts import run_model
from warehouse.models import SQL_FOLDER, Model, find_models
from warehouse.quoting import quoted_name

Parameters = Mapping[str, Mapping[str, Any]]
"""Parameters of the bookkeeping tables' SQL, by table."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """What the published file was built from and found to be."""

    as_of: datetime
    definition_hash: str
    files: Mapping[CoreFile, str]
    checks: tuple[CheckResult, ...]


def find_bookkeeping() -> tuple[Model, ...]:
    """Return the SQL files of the bookkeeping tables."""
    return find_models(SQL_FOLDER / CORE_SCHEMA)


def create_bookkeeping(
    con: duckdb.DuckDBPyConnection, models: Sequence[Model], parameters: Parameters
) -> None:
    """Create the bookkeeping tables in the core schema and fill them."""
    for model in models:
        table = quoted_name(CORE_SCHEMA, model.name)
        run_model(con, model, f"create table {table} as {model.sql}", parameters[model.name])
        comment_on(con, CORE_SCHEMA, model.name, model.description, model.columns)


def refill_bookkeeping(
    con: duckdb.DuckDBPyConnection, models: Sequence[Model], parameters: Parameters
) -> None:
    """Fill those bookkeeping tables anew that there are parameters for."""
    for model in models:
        if model.name in parameters:
            table = quoted_name(CORE_SCHEMA, model.name)
            empty_table(con, CORE_SCHEMA, model.name)
            run_model(con, model, f"insert into {table} {model.sql}", parameters[model.name])


def describe_load(
    as_of: datetime, schema_version: str, definition_hash: str, files: Mapping[CoreFile, str]
) -> Parameters:
    """Return the parameters that record a load, its checks not yet run."""
    return {
        "meta": {
            "as_of": as_of,
            "schema_version": schema_version,
            "definition_hash": definition_hash,
        },
        "loaded_files": {
            "table_names": [table for table, _ in files],
            "months": [month for _, month in files],
            "fingerprints": list(files.values()),
        },
        **describe_checks(()),
    }


def describe_checks(checks: Sequence[CheckResult]) -> Parameters:
    """Return the parameters that record what checks found."""
    return {
        "check_results": {
            "check_names": [check.name for check in checks],
            "severities": [check.severity for check in checks],
            "failing_counts": [check.failing_count for check in checks],
            "descriptions": [check.description for check in checks],
        }
    }


def read_published(con: duckdb.DuckDBPyConnection, path: Path) -> Published | None:
    """Return what a warehouse file says of itself; None when there is none that can be used.

    A file of another DuckDB version, a damaged one or one of somebody else cannot be read here
    and gives None: the caller builds a new one in its place.
    """
    if not path.exists():
        return None
    try:
        with reading(con, path):
            return _read(con)
    except (duckdb.Error, ValueError):
        return None


def _read(con: duckdb.DuckDBPyConnection) -> Published:
    (row,) = _read_table(con, "meta")
    files = _read_table(con, "loaded_files")
    checks = _read_table(con, "check_results")
    return Published(
        as_of=row["as_of"],
        definition_hash=row["definition_hash"],
        files={(each["table_name"], each["month"]): each["fingerprint"] for each in files},
        checks=tuple(
            CheckResult(
                name=each["check_name"],
                severity=each["severity"],
                failing_count=each["failing_count"],
                sample=(),
                description=each["description"],
            )
            for each in checks
        ),
    )


def _read_table(con: duckdb.DuckDBPyConnection, name: str) -> list[dict[str, Any]]:
    found = con.sql(f"from {quoted_name(CORE_SCHEMA, name)}")
    rows: list[dict[str, Any]] = found.to_arrow_table().to_pylist()
    return rows
