"""Marts: the answers, each an asset whose dependencies are read from its SQL."""

from itertools import dropwhile
from pathlib import Path
from typing import Any

import dagster as dg
import pyarrow.parquet as pq

from orchestration.assets.columns import mart_schema
from orchestration.assets.lineage import column_lineage, sources_of
from orchestration.assets.owners import WAREHOUSE
from orchestration.python_marts import PYTHON_MARTS
from warehouse.marts import find_marts
from warehouse.models import Model
from warehouse.python_marts import Mart, PythonMart

MARTS = find_marts(PYTHON_MARTS)
"""All marts, each after those it reads."""
BOOKKEEPING = frozenset({"core.meta", "core.loaded_files", "core.check_results"})
"""Tables a mart may read that are no assets: they tell of the load itself."""


def mart_key(name: str) -> dg.AssetKey:
    """Return the asset key of a mart."""
    return dg.AssetKey(["marts", name])


def mart_spec(mart: Mart, warehouse: dg.AssetKey) -> dg.AssetSpec:
    """Return a mart's spec; its dependencies are read from its SQL, or are its arguments."""
    references = sorted(mart.references - BOOKKEEPING)
    # One that reads other marts rests on the warehouse through them; said of all thirty, the
    # graph is a fan in which nobody sees anything.
    is_first = not any(name.startswith("marts.") for name in references)
    key = mart_key(mart.name)
    return dg.AssetSpec(
        key=key,
        deps=[
            *([warehouse] if is_first else []),
            *(dg.AssetKey(name.split(".")) for name in references),
        ],
        group_name="marts",
        owners=[WAREHOUSE],
        kinds={"duckdb", "parquet", "pandas" if isinstance(mart, PythonMart) else "sql"},
        description=_description(mart),
        metadata={"dagster/column_schema": mart_schema(mart.columns, sources=sources_of(key))},
    )


def describe_file(mart: Mart, folder: Path) -> dict[str, Any]:
    """Return what a mart's file tells: where it is, its bytes, and columns with their types."""
    path = folder / f"{mart.name}.parquet"
    key, schema = mart_key(mart.name), pq.read_schema(path)
    return {
        "path": dg.MetadataValue.path(path),
        "bytes": path.stat().st_size,
        "dagster/column_schema": mart_schema(mart.columns, schema, sources_of(key)),
        **column_lineage(key),
    }


def _description(mart: Mart) -> str:
    if isinstance(mart, PythonMart):
        return mart.description
    return f"{mart.description}\n\n```sql\n{_statement(mart)}\n```"


def _statement(model: Model) -> str:
    """Return a model's SELECT without its header, which the description and columns repeat."""
    lines = model.sql.strip().splitlines()
    return "\n".join(dropwhile(lambda line: line.startswith("--"), lines))
