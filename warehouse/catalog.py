"""Statements that shape a DuckDB file: schemas, tables and the comments they carry.

The only SQL that is not in a file: it has nothing but names in it, which no parameter can be.
"""

from collections.abc import Collection, Mapping

import duckdb
import pyarrow as pa

from warehouse.quoting import quoted_name, quoted_text
from warehouse.tables import is_monthly, table_name

CORE_SCHEMA = "core"
_MONTH_DESCRIPTION = "Month the row is kept under, YYYY-MM or undated"


def create_core_table(con: duckdb.DuckDBPyConnection, schema: pa.Schema) -> None:
    """Create the empty table of a core schema, `month` last, with a comment on everything."""
    name = table_name(schema)
    shape = schema.append(pa.field("month", pa.string())) if is_monthly(schema) else schema
    con.register("shape", shape.empty_table())
    con.execute(f"create table {quoted_name(CORE_SCHEMA, name)} as from shape")
    con.unregister("shape")
    metadata = {key.decode(): value.decode() for key, value in schema.metadata.items()}
    columns = {field.name: field.metadata[b"description"].decode() for field in schema}
    if is_monthly(schema):
        columns["month"] = _MONTH_DESCRIPTION
    description = f"{metadata['description']} One row per {metadata['grain']}."
    comment_on(con, CORE_SCHEMA, name, description, columns)


def comment_on(
    con: duckdb.DuckDBPyConnection,
    schema: str,
    table: str,
    description: str,
    columns: Mapping[str, str],
) -> None:
    """Put a comment on a table and on each of its columns, in one go: one by one is slow."""
    name = quoted_name(schema, table)
    statements = [f"comment on table {name} is {quoted_text(description)}"]
    statements += [
        f"comment on column {name}.{quoted_name(column)} is {quoted_text(text)}"
        for column, text in columns.items()
    ]
    con.execute(";\n".join(statements))


def empty_table(
    con: duckdb.DuckDBPyConnection,
    schema: str,
    table: str,
    months: Collection[str] | None = None,
) -> None:
    """Delete the rows of a table, or those of some months; its comments stay."""
    name = quoted_name(schema, table)
    if months is None:
        con.execute(f"truncate {name}")
    else:
        statement = f"delete from {name} where list_contains($months, month)"  # noqa: S608, a name
        con.execute(statement, {"months": sorted(months)})


def count_rows(con: duckdb.DuckDBPyConnection, schema: str) -> dict[str, int]:
    """Return the number of rows of every table of a schema, by name."""
    found = con.execute(
        "select table_name from duckdb_tables()"
        " where database_name = current_database() and schema_name = $schema order by table_name",
        {"schema": schema},
    ).fetchall()
    counts = [
        f"select {quoted_text(name)}, count(*) from {quoted_name(schema, name)}"  # noqa: S608, a name
        for (name,) in found
    ]
    return dict(con.execute(" union all ".join(counts)).fetchall()) if counts else {}
