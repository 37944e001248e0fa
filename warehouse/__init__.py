"""Everything at rest: landed bytes, Parquet tables, the DuckDB file and its SQL.

For notebooks, with FEEDHOUSE_DATA naming the data directory (else `data`, here):

    >>> import warehouse
    >>> with warehouse.connect() as con:
    ...     con.sql("from who_sponsors('bytebytego') limit 3")

    >>> articles = warehouse.table("articles", feed="bytebytego", since="2026-01-01")
    >>> articles.to_pandas().groupby("kind")["word_count"].median()

`connect` has core tables, marts and macros in SQL, read-only; `table` reads the Parquet files
into Arrow. warehouse/examples/ has a worked example of each.
"""

from typing import TYPE_CHECKING, Any

from warehouse.connection import connect

if TYPE_CHECKING:
    from warehouse.reading import table

__all__ = ["connect", "table"]


def __getattr__(name: str) -> Any:
    """Import `table` when it is asked for: Arrow takes longer to start than `connect` to answer."""
    if name == "table":
        from warehouse.reading import table  # noqa: PLC0415 Arrow is slow to import

        return table
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
