"""Core: the normalised tables, one Parquet file per table and month."""

import time
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import dagster as dg

from orchestration.assets.columns import table_schema
from orchestration.assets.lineage import column_lineage, sources_of
from orchestration.assets.owners import READING
from orchestration.assets.raw import WRITER_POOL
from orchestration.assets.sizes import measure_table
from orchestration.markdown import list_of, table_of
from orchestration.resources import House
from orchestration.run_record import RunRecord
from transforms.records import RECORDS, Record, arrow_schema
from warehouse.landing import Landing

if TYPE_CHECKING:
    from orchestration.normalise import NormaliseReport

# What tables are made from; left to right through the house, never back. A table that is not here
# is made from articles where it has a row for one, else from documents.
_UPSTREAM: dict[str, tuple[str, ...]] = {
    "documents": ("raw/landing", "raw/history"),
    "fetches": ("raw/landing", "core/documents"),
    "history_walks": ("raw/history",),
    "history_months": ("raw/history", "core/history_walks", "core/articles"),
    "feeds": ("raw/registry", "core/documents"),
    "rejects": ("core/documents",),
    "articles": ("core/documents",),
    "article_revisions": ("core/articles",),
    "article_sources": ("core/documents", "core/articles"),
    "sections": ("core/articles",),
    "links": ("core/sections",),
    "sponsor_placements": ("core/sections", "core/links"),
    "sponsors": ("core/sponsor_placements",),
    "article_topics": ("core/sections",),
    "section_topics": ("core/sections",),
    "topics": ("core/article_topics", "core/section_topics"),
    "article_companies": ("core/sections", "core/sponsor_placements"),
    "companies": ("core/article_companies",),
    "article_technologies": ("core/sections",),
}

_SCHEMAS = {record.TABLE.name: arrow_schema(record) for record in RECORDS}


def upstream_of(record: type[Record]) -> tuple[str, ...]:
    """Return the keys of the assets that a core table is made from."""
    table = record.TABLE
    is_of_articles = "article_id" in arrow_schema(record).names
    return _UPSTREAM.get(table.name, ("core/articles" if is_of_articles else "core/documents",))


def core_key(table: str) -> dg.AssetKey:
    """Return the asset key of a core table."""
    return dg.AssetKey(["core", table])


def _spec(record: type[Record]) -> dg.AssetSpec:
    table = record.TABLE
    key = core_key(table.name)
    columns = table_schema(arrow_schema(record), sources_of(key))
    return dg.AssetSpec(
        key=key,
        deps=[dg.AssetKey(name.split("/")) for name in upstream_of(record)],
        group_name="core",
        owners=[READING],
        kinds={"python", "parquet"},
        description=f"{(record.__doc__ or '').strip()}\n\nOne row per {table.grain}.",
        metadata={"dagster/column_schema": columns},
    )


@dg.multi_asset(
    specs=[_spec(record) for record in RECORDS],
    name="core_tables",
    pool=WRITER_POOL,
)
def core_tables(
    context: dg.AssetExecutionContext, house: House, record: dg.ResourceParam[RunRecord]
) -> Iterator[dg.MaterializeResult[None]]:
    """Read every landed document that is not read yet and write its rows."""
    from orchestration.normalise import normalise  # noqa: PLC0415 the UI does without

    began, places = time.monotonic(), house.places
    with house.writing("normalise", context.retry_number):
        report = normalise(
            Landing(places.landing),
            places.core,
            house.registry(),
            lambda done, total: record.on_progress("normalise", done, total),
        )
    record.normalised = report
    of_run = {"seconds": round(time.monotonic() - began, 2), **_of_run(report)}
    for name in TopologicalSorter(_within_core()).static_order():
        metadata = _of_table(report, places.core, name)
        if name == "documents":
            metadata |= of_run
        yield dg.MaterializeResult(asset_key=core_key(name), metadata=metadata)


def _within_core() -> dict[str, list[str]]:
    """Return which core tables each is made from: Dagster wants results in that order."""
    return {
        record.TABLE.name: [
            name.removeprefix("core/") for name in upstream_of(record) if name.startswith("core/")
        ]
        for record in RECORDS
    }


def _of_table(report: "NormaliseReport", core: Path, name: str) -> dict[str, Any]:
    """Return what became of a table: numbers of the same names each run, so that they plot."""
    size, change = measure_table(core, _SCHEMAS[name]), report.tables.get(name)
    counts = ("new", "changed", "removed")
    return {
        "path": dg.MetadataValue.path(core / name),
        "dagster/row_count": size.rows,
        "bytes": size.bytes,
        "files": size.files,
        **{each: getattr(change, each) if change else 0 for each in counts},
        "months_written": len(change.months) if change else 0,
        **column_lineage(core_key(name)),
    }


def _of_run(report: "NormaliseReport") -> dict[str, Any]:
    """Return what came of the documents, with a line per feed that brought some."""
    feeds = sorted(report.feeds.values(), key=lambda each: each.feed_id)
    rows = [
        (each.feed_id, each.documents, each.entries, each.new, each.changed, each.rejected)
        for each in feeds
    ]
    columns = ("feed", "documents", "entries", "new", "changed", "rejected")
    return {
        "documents_read": report.document_count,
        "documents_rejected": sum(each.rejected for each in feeds),
        "articles_new": sum(each.new for each in feeds),
        "articles_changed": sum(each.changed for each in feeds),
        "feeds": dg.MetadataValue.md(table_of(columns, rows)),
        "troubles": dg.MetadataValue.md(list_of(report.troubles)),
    }
