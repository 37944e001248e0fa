"""Marts that need more than SQL: a function from tables to a table, handed in from outside."""

import hashlib
import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pyarrow as pa

from warehouse.models import Model, ModelError
from warehouse.quoting import quoted_name
from warehouse.tables import table_name


@dataclass(frozen=True, slots=True, kw_only=True)
class PythonMart:
    """A mart made by a function; its shape and every description stand in its Arrow schema."""

    schema: pa.Schema
    """Metadata `table`, `description` and `grain`; each field has its own `description`."""
    references: frozenset[str]
    """Tables the function takes, as `schema.table`."""
    build: Callable[[Mapping[str, pa.Table]], pa.Table]
    """From those tables by that name to the rows of the mart; the same tables, the same rows."""

    @property
    def name(self) -> str:
        """Name of the mart."""
        return table_name(self.schema)

    @property
    def path(self) -> Path:
        """File of the function."""
        return Path(inspect.getfile(self.build))

    @property
    def description(self) -> str:
        """What it holds, its grain last."""
        facts = {key.decode(): text.decode() for key, text in self.schema.metadata.items()}
        return f"{facts['description']} One row per {facts['grain']}."

    @property
    def columns(self) -> dict[str, str]:
        """Descriptions of the columns by name."""
        return {field.name: field.metadata[b"description"].decode() for field in self.schema}


Mart = Model | PythonMart


def compute_rows(con: duckdb.DuckDBPyConnection, mart: PythonMart) -> pa.Table:
    """Return the rows of a mart from the tables it takes; errors name its file."""
    tables = {
        name: con.sql(f"from {quoted_name(*name.split('.'))}").to_arrow_table()
        for name in sorted(mart.references)
    }
    rows = mart.build(tables)
    if rows.schema.names != mart.schema.names:
        raise ModelError(f"{mart.path}: {mart.name} has other columns than its schema describes")
    return rows


def hash_code(mart: PythonMart) -> str:
    """Return a hash over a mart's shape and the modules beside its function.

    Other code may give other rows from the same tables: the build after an upgrade has to know.
    """
    digest = hashlib.sha256(mart.schema.serialize())
    digest.update(" ".join(sorted(mart.references)).encode())
    for path in sorted(mart.path.parent.glob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()
