"""Core tables of the DuckDB file: which Parquet files it was loaded from, and loading them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pyarrow as pa

from warehouse.catalog import CORE_SCHEMA, create_core_table, empty_table
from warehouse.quoting import quoted_name
from warehouse.tables import core_files, is_monthly, read_rows, table_name

CoreFile = tuple[str, str]
"""A Parquet file of core by table and month; the month of a small table is empty."""

_BATCH_BYTES = 32_000_000
"""Parquet bytes read at once: an archive larger than memory loads all the same."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StaleFiles:
    """What has to be loaded again, by table."""

    months: Mapping[str, frozenset[str]]
    """Months whose rows leave, by table."""
    sizes: Mapping[CoreFile, int]
    """Size of the files to load in their place, bytes."""

    def __bool__(self) -> bool:
        """Return whether anything has to be loaded."""
        return bool(self.months)


def fingerprint_files(core: Path, schemas: Sequence[pa.Schema]) -> dict[CoreFile, str]:
    """Return what tells the present state of every core file apart from any other.

    Size, modification time and file number: writing replaces a file, so that each state has a
    number of its own and nothing has to be read to see that it changed.
    """
    return {
        (table_name(schema), month): _fingerprint(path)
        for schema in schemas
        for month, path in core_files(core, schema).items()
    }


def size_of(fingerprint: str) -> int:
    """Return the size of a file in bytes, as its fingerprint tells it."""
    return int(fingerprint.partition("-")[0])


def find_stale(loaded: Mapping[CoreFile, str], present: Mapping[CoreFile, str]) -> StaleFiles:
    """Return which months have to be loaded again, and from which files."""
    changed = {file for file, mark in present.items() if loaded.get(file) != mark}
    leaving = changed | (loaded.keys() - present.keys())
    tables = {table for table, _ in leaving}
    return StaleFiles(
        months={
            table: frozenset(month for name, month in leaving if name == table)
            for table in sorted(tables)
        },
        sizes={file: size_of(present[file]) for file in sorted(changed)},
    )


def create_core(con: duckdb.DuckDBPyConnection, schemas: Sequence[pa.Schema]) -> None:
    """Create the empty core tables."""
    con.execute(f"create schema {quoted_name(CORE_SCHEMA)}")
    for schema in schemas:
        create_core_table(con, schema)


def load_core(
    con: duckdb.DuckDBPyConnection,
    core: Path,
    schemas: Sequence[pa.Schema],
    stale: StaleFiles,
) -> None:
    """Replace the stale months of the core tables by what their files hold now."""
    for schema in schemas:
        name = table_name(schema)
        if name in stale.months:
            months = stale.months[name] if is_monthly(schema) else None
            empty_table(con, CORE_SCHEMA, name, months)
            _insert_files(con, core, schema, stale.sizes)


def _insert_files(
    con: duckdb.DuckDBPyConnection,
    core: Path,
    schema: pa.Schema,
    sizes: Mapping[CoreFile, int],
) -> None:
    table = quoted_name(CORE_SCHEMA, table_name(schema))
    own = {month: size for (name, month), size in sizes.items() if name == table_name(schema)}
    for months in _batches(own):
        con.register("arriving", read_rows(core, schema, months=months))
        con.execute(f"insert into {table} from arriving")
        con.unregister("arriving")


def _batches(sizes: Mapping[str, int]) -> Iterator[list[str]]:
    """Yield months in runs whose files are no larger than a batch together."""
    batch: list[str] = []
    held = 0
    for month, size in sorted(sizes.items()):
        if batch and held + size > _BATCH_BYTES:
            yield batch
            batch, held = [], 0
        batch.append(month)
        held += size
    if batch:
        yield batch


def _fingerprint(path: Path) -> str:
    status = path.stat()
    return f"{status.st_size}-{status.st_mtime_ns}-{status.st_ino}"
