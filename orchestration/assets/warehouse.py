"""Warehouse and marts: the DuckDB file, its answers, and their Parquet copies.

One step builds all of it aside, checks it and swaps it in, so that a reader never sees a table
that belongs to another load.
"""

from collections.abc import Iterator
from itertools import dropwhile

import dagster as dg

from orchestration.assets.core import core_key
from orchestration.python_marts import PYTHON_MARTS
from orchestration.resources import Clock, House
from orchestration.run_record import RunRecord
from transforms.records import RECORDS, arrow_schema
from warehouse.build import BuildReport, build_warehouse
from warehouse.checks import CheckResult, find_checks
from warehouse.lock import writer_lock
from warehouse.marts import find_marts
from warehouse.models import Model
from warehouse.python_marts import Mart, PythonMart

WAREHOUSE_KEY = dg.AssetKey(["warehouse", "feedhouse"])


def mart_key(name: str) -> dg.AssetKey:
    """Return the asset key of a mart."""
    return dg.AssetKey(["marts", name])


def _warehouse_spec() -> dg.AssetSpec:
    return dg.AssetSpec(
        key=WAREHOUSE_KEY,
        deps=[core_key(record.TABLE.name) for record in RECORDS],  # type: ignore[attr-defined]
        group_name="warehouse",
        kinds={"duckdb"},
        description="feedhouse.duckdb: core tables, marts and macros, each column with a comment.",
    )


def _mart_spec(model: Mart) -> dg.AssetSpec:
    """Return a mart's spec; its dependencies are read from its SQL, or are its arguments."""
    references = [name.split(".") for name in sorted(model.references)]
    columns = [dg.TableColumn(name=name, description=text) for name, text in model.columns.items()]
    return dg.AssetSpec(
        key=mart_key(model.name),
        deps=[
            WAREHOUSE_KEY,
            *(dg.AssetKey(list(parts)) for parts in references if parts != ["core", "meta"]),
        ],
        group_name="marts",
        kinds={"duckdb", "parquet", "pandas" if isinstance(model, PythonMart) else "sql"},
        description=_description(model),
        metadata={"dagster/column_schema": dg.TableSchema(columns=columns)},
    )


def _description(model: Mart) -> str:
    if isinstance(model, PythonMart):
        return model.description
    return f"{model.description}\n\n```sql\n{_statement(model)}\n```"


def _statement(model: Model) -> str:
    """Return a model's SELECT without its header, which the description and columns repeat."""
    lines = model.sql.strip().splitlines()
    return "\n".join(dropwhile(lambda line: line.startswith("--"), lines))


_MODELS = find_marts(PYTHON_MARTS)
_CHECKS = find_checks()


@dg.multi_asset(
    specs=[_warehouse_spec(), *(_mart_spec(model) for model in _MODELS)],
    check_specs=[
        dg.AssetCheckSpec(name=check.name, asset=WAREHOUSE_KEY, description=check.description)
        for check in _CHECKS
    ],
    name="warehouse_and_marts",
)
def warehouse_and_marts(
    house: House, clock: Clock, record: dg.ResourceParam[RunRecord]
) -> Iterator[dg.MaterializeResult[None] | dg.AssetCheckResult]:
    """Load what changed, build the marts, check them, swap the file."""
    places = house.places
    with writer_lock(places.data, "load"):
        schemas = [arrow_schema(each) for each in RECORDS]
        report = build_warehouse(places.data, schemas, clock.now(), python_marts=PYTHON_MARTS)
    record.built = report
    if report.is_published:
        yield from _materialisations(report)
    yield from (_check_result(result) for result in report.checks)
    if not report.is_published:
        raise dg.Failure(
            "Checks failed, the new warehouse was not published; the old one stays. "
            + "; ".join(
                f"{c.name}: {c.failing_count} rows" for c in report.checks if c.failing_count
            )
        )


def _materialisations(report: BuildReport) -> Iterator[dg.MaterializeResult[None]]:
    yield dg.MaterializeResult(
        asset_key=WAREHOUSE_KEY,
        metadata={"rows": sum(report.tables.values()), "seconds": report.seconds},
    )
    for model in _MODELS:
        rows = report.marts.get(model.name, 0)
        yield dg.MaterializeResult(
            asset_key=mart_key(model.name), metadata={"dagster/row_count": rows}
        )


def _check_result(result: CheckResult) -> dg.AssetCheckResult:
    severity = dg.AssetCheckSeverity
    return dg.AssetCheckResult(
        check_name=result.name,
        asset_key=WAREHOUSE_KEY,
        passed=result.failing_count == 0,
        severity=severity.ERROR if result.severity == "error" else severity.WARN,
        metadata={
            "failing_rows": result.failing_count,
            "sample": dg.MetadataValue.json(
                [{k: str(v) for k, v in r.items()} for r in result.sample]
            ),
        },
    )
