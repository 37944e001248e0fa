"""Core: the normalised tables, one Parquet file per table and month."""

from collections.abc import Iterator
from graphlib import TopologicalSorter
from typing import Any

import dagster as dg

from orchestration.normalise import NormaliseReport, normalise
from orchestration.resources import House
from orchestration.run_record import RunRecord
from transforms.records import RECORDS, Table, arrow_schema
from warehouse.landing import Landing
from warehouse.lock import writer_lock

# What each table is made from; left to right through the house, never back.
UPSTREAM: dict[str, tuple[str, ...]] = {
    "documents": ("raw/landing",),
    "fetches": ("raw/landing", "core/documents"),
    "feeds": ("core/documents",),
    "rejects": ("core/documents",),
    "articles": ("core/documents",),
    "article_revisions": ("core/articles",),
    "article_sources": ("core/documents", "core/articles"),
    "sections": ("core/articles",),
    "links": ("core/sections",),
    "sponsor_placements": ("core/sections", "core/links"),
    "sponsors": ("core/sponsor_placements",),
    "article_topics": ("core/sections",),
    "topics": ("core/article_topics",),
    "article_companies": ("core/sections", "core/sponsor_placements"),
    "companies": ("core/article_companies",),
    "article_technologies": ("core/sections",),
}


def core_key(table: str) -> dg.AssetKey:
    """Return the asset key of a core table."""
    return dg.AssetKey(["core", table])


def table_columns(record: type) -> dg.TableSchema:
    """Return a record class's columns as Dagster shows them."""
    return dg.TableSchema(
        columns=[
            dg.TableColumn(
                name=field.name,
                type=str(field.type),
                description=field.metadata[b"description"].decode(),
                constraints=dg.TableColumnConstraints(nullable=field.nullable),
            )
            for field in arrow_schema(record)
        ]
    )


def _spec(record: type) -> dg.AssetSpec:
    table: Table = record.TABLE  # type: ignore[attr-defined]
    return dg.AssetSpec(
        key=core_key(table.name),
        deps=[dg.AssetKey(name.split("/")) for name in UPSTREAM[table.name]],
        group_name="core",
        kinds={"python", "parquet"},
        description=f"{(record.__doc__ or '').strip()}\n\nOne row per {table.grain}.",
        metadata={"dagster/column_schema": table_columns(record)},
    )


@dg.multi_asset(
    specs=[_spec(record) for record in RECORDS],
    name="core_tables",
)
def core_tables(
    house: House, record: dg.ResourceParam[RunRecord]
) -> Iterator[dg.MaterializeResult[None]]:
    """Read every landed document that is not read yet and write its rows."""
    places = house.places
    with writer_lock(places.data, "normalise"):
        report = normalise(
            Landing(places.landing),
            places.core,
            house.registry(),
            lambda done, total: record.on_progress("normalise", done, total),
        )
    record.normalised = report
    for name in TopologicalSorter(_within_core()).static_order():
        yield dg.MaterializeResult(asset_key=core_key(name), metadata=_metadata(report, name))


def _within_core() -> dict[str, list[str]]:
    """Return which core tables each is made from: Dagster wants results in that order."""
    return {
        table: [name.removeprefix("core/") for name in sources if name.startswith("core/")]
        for table, sources in UPSTREAM.items()
    }


def _metadata(report: NormaliseReport, name: str) -> dict[str, dg.MetadataValue[Any]]:
    change = report.tables.get(name)
    if change is None:
        return {name: dg.MetadataValue.int(0) for name in ("new", "changed", "removed")}
    return {
        "new": dg.MetadataValue.int(change.new),
        "changed": dg.MetadataValue.int(change.changed),
        "removed": dg.MetadataValue.int(change.removed),
        "months": dg.MetadataValue.json(list(change.months)),
    }
