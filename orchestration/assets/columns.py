"""Columns as Dagster shows them, from the shapes declared elsewhere."""

import json
from collections.abc import Mapping

import dagster as dg
import pyarrow as pa


def table_schema(schema: pa.Schema) -> dg.TableSchema:
    """Return the columns of a core table with descriptions, keys and what may be NULL."""
    key = tuple(json.loads(schema.metadata[b"key"]))
    unique = key if len(key) == 1 else ()
    return dg.TableSchema(
        columns=[_column(field, is_unique=field.name in unique) for field in schema],
        constraints=dg.TableConstraints(other=[f"unique ({', '.join(key)})"]),
    )


def mart_schema(columns: Mapping[str, str], schema: pa.Schema | None = None) -> dg.TableSchema:
    """Return the columns of a mart; their types only once its file is there."""
    types = {} if schema is None else {field.name: str(field.type) for field in schema}
    return dg.TableSchema(
        columns=[
            dg.TableColumn(name=name, type=types.get(name, "?"), description=text)
            for name, text in columns.items()
        ]
    )


def _column(field: pa.Field, *, is_unique: bool) -> dg.TableColumn:
    return dg.TableColumn(
        name=field.name,
        type=str(field.type),
        description=field.metadata[b"description"].decode(),
        constraints=dg.TableColumnConstraints(nullable=field.nullable, unique=is_unique),
    )
