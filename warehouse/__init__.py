"""Everything at rest: landed bytes, Parquet tables, the DuckDB file and its SQL."""

from warehouse.connection import connect

__all__ = ["connect"]
