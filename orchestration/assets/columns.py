"""Columns as Dagster shows them, from the shapes declared elsewhere."""

import json
from collections.abc import Mapping
from types import MappingProxyType

import dagster as dg
import pyarrow as pa

Sources = Mapping[str, str]
"""What a column is made from, as `core/sections.text core/links.url`, by column."""
_NO_SOURCES: Sources = MappingProxyType({})
_MONTH = "Month the row is kept under, YYYY-MM or undated: the folder of its file"


def table_schema(schema: pa.Schema, sources: Sources = _NO_SOURCES) -> dg.TableSchema:
    """Return the columns of a core table with descriptions, keys and what may be NULL."""
    key = tuple(json.loads(schema.metadata[b"key"]))
    columns = [
        dg.TableColumn(
            name=field.name,
            type=str(field.type),
            description=_with_source(field.metadata[b"description"].decode(), field.name, sources),
            constraints=dg.TableColumnConstraints(
                nullable=field.nullable, unique=key == (field.name,)
            ),
        )
        for field in schema
    ]
    if json.loads(schema.metadata[b"is_monthly"]):
        stated = dg.TableColumnConstraints(nullable=False)
        columns.append(dg.TableColumn("month", "string", _MONTH, stated))
    return dg.TableSchema(
        columns=columns, constraints=dg.TableConstraints(other=[f"unique ({', '.join(key)})"])
    )


def mart_schema(
    columns: Mapping[str, str], schema: pa.Schema | None = None, sources: Sources = _NO_SOURCES
) -> dg.TableSchema:
    """Return the columns of a mart; their types only once its file is there."""
    types = {} if schema is None else {field.name: str(field.type) for field in schema}
    return dg.TableSchema(
        columns=[
            dg.TableColumn(
                name=name,
                type=types.get(name, "?"),
                description=_with_source(text, name, sources),
            )
            for name, text in columns.items()
        ]
    )


def _with_source(description: str, column: str, sources: Sources) -> str:
    """Return a description that says where the column comes from, which the UI else hides."""
    source = sources.get(column)
    return f"{description} ← {', '.join(source.split())}" if source else description
