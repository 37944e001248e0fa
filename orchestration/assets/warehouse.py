"""Warehouse and marts: the DuckDB file, its answers, and their Parquet copies.

One step builds all of it aside, checks it and swaps it in, so that a reader never sees a table
that belongs to another load.
"""

from collections.abc import Iterator
from pathlib import Path

import dagster as dg
from pydantic import Field

from orchestration.assets.core import core_key
from orchestration.assets.feed_checks import FEED_CHECKS, check_feeds, check_spec, read_facts
from orchestration.assets.marts import MARTS, describe_file, mart_key, mart_spec
from orchestration.assets.owners import WAREHOUSE
from orchestration.assets.previews import describe_load, describe_mart
from orchestration.assets.raw import WRITER_POOL
from orchestration.places import Places
from orchestration.python_marts import PYTHON_MARTS
from orchestration.resources import Clock, House
from orchestration.run_record import RunRecord
from transforms.records import RECORDS, arrow_schema
from warehouse.build import BuildReport, build_warehouse
from warehouse.checks import Check, CheckResult, find_checks

WAREHOUSE_KEY = dg.AssetKey(["warehouse", "feedhouse"])
EXPORT_KEY = dg.AssetKey(["exports", "mart_files"])

_BLOCKING = "Keeps a load from being published: the tables before it stay."
_WARNING = "Recorded with the load, which is published all the same."

Result = dg.MaterializeResult[None] | dg.AssetCheckResult


class LoadConfig(dg.Config):
    """How the file is brought up to date."""

    is_whole: bool = Field(
        default=False,
        description="Write the file anew instead of replacing what changed in it: takes longer, and"
        " gives back the space that replaced rows left behind.",
    )


def _warehouse_spec() -> dg.AssetSpec:
    return dg.AssetSpec(
        key=WAREHOUSE_KEY,
        deps=[core_key(record.TABLE.name) for record in RECORDS],
        group_name="warehouse",
        owners=[WAREHOUSE],
        kinds={"duckdb"},
        description="feedhouse.duckdb: core tables, marts and macros, each column with a comment.",
    )


def _export_spec() -> dg.AssetSpec:
    return dg.AssetSpec(
        key=EXPORT_KEY,
        # Of all marts in truth; thirty lines that say so would hide the others in the graph.
        deps=[WAREHOUSE_KEY],
        group_name="exports",
        owners=[WAREHOUSE],
        kinds={"parquet"},
        description="marts/*.parquet: every mart as a file, for dashboards and notebooks. A file"
        " is replaced whole, and only when its bytes change. One file per mart.",
    )


def _check_spec(check: Check) -> dg.AssetCheckSpec:
    effect = _BLOCKING if check.severity == "error" else _WARNING
    return dg.AssetCheckSpec(
        name=check.name,
        asset=WAREHOUSE_KEY,
        description=f"{check.description} {effect}",
        blocking=check.severity == "error",
    )


_CHECKS = find_checks()


@dg.multi_asset(
    specs=[
        spec.replace_attributes(automation_condition=dg.AutomationCondition.eager())
        for spec in (
            _warehouse_spec(),
            *(mart_spec(mart, WAREHOUSE_KEY) for mart in MARTS),
            _export_spec(),
        )
    ],
    check_specs=[
        *(_check_spec(check) for check in _CHECKS),
        *(check_spec(check) for check in FEED_CHECKS),
    ],
    name="warehouse_and_marts",
    pool=WRITER_POOL,
)
def warehouse_and_marts(
    context: dg.AssetExecutionContext,
    config: LoadConfig,
    house: House,
    clock: Clock,
    record: dg.ResourceParam[RunRecord],
) -> Iterator[Result]:
    """Load what changed, build the marts, check them, swap the file."""
    with house.writing("load", context.retry_number):
        bytes_before = _size(house.places.warehouse)
        record.built = load(house.places, clock, is_whole=config.is_whole)
    if record.built.is_published:
        yield from _materialisations(record.built, house, bytes_before)
    yield from (_check_result(result) for result in record.built.checks)
    if not record.built.is_published:
        raise dg.Failure(refusal(record.built), allow_retries=False)


def load(places: Places, clock: Clock, *, is_whole: bool = False) -> BuildReport:
    """Bring the warehouse up to date with core; the caller holds the data directory."""
    schemas = [arrow_schema(each) for each in RECORDS]
    return build_warehouse(
        places.data, schemas, clock.now(), python_marts=PYTHON_MARTS, whole=is_whole
    )


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0


def _materialisations(report: BuildReport, house: House, bytes_before: int) -> Iterator[Result]:
    folder, facts = house.places.marts, read_facts(house.places.marts)
    with house.warehouse() as con:
        yield dg.MaterializeResult(
            asset_key=WAREHOUSE_KEY,
            metadata={
                "path": dg.MetadataValue.path(house.places.warehouse),
                "rows": sum(report.tables.values()),
                "bytes": _size(house.places.warehouse),
                "bytes_before": bytes_before,
                "seconds": round(report.seconds, 2),
                "is_unchanged": report.is_unchanged,
                **describe_load(con),
            },
        )
        for mart in MARTS:
            yield dg.MaterializeResult(
                asset_key=mart_key(mart.name),
                metadata={
                    "dagster/row_count": report.marts[mart.name],
                    **describe_file(mart, folder),
                    **describe_mart(mart.name, con, facts),
                },
            )
    sizes = [path.stat().st_size for path in folder.glob("*.parquet")]
    yield dg.MaterializeResult(
        asset_key=EXPORT_KEY,
        metadata={
            "path": dg.MetadataValue.path(folder),
            "files": len(sizes),
            "bytes": sum(sizes),
        },
    )
    yield from (check_feeds(check, facts) for check in FEED_CHECKS)


def refusal(report: BuildReport) -> str:
    """Return why a build was not published."""
    failed = "; ".join(f"{c.name}: {c.failing_count} rows" for c in report.checks if c.is_blocking)
    return f"Checks failed, the new warehouse was not published; the old one stays. {failed}"


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
