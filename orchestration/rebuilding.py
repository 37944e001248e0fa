"""All core tables again from the landed bytes, made aside and swapped in table by table."""

import shutil
from collections.abc import Iterator
from pathlib import Path

from orchestration.normalise import normalise
from orchestration.places import Places
from orchestration.registry import Registry
from transforms.records import RECORDS, arrow_schema
from warehouse.adoption import adopt_table
from warehouse.landing import Landing
from warehouse.lock import writer_lock


def rebuild_core(places: Places, registry: Registry) -> list[str]:
    """Make every core table anew and return a line per table that says what became different.

    The new tables are built in a folder beside the old ones; only when all are whole do they
    take their place, file by file, and a file whose bytes are the same is not touched.
    """
    with writer_lock(places.data, "rebuild"):
        aside = places.data / "core.rebuild"
        shutil.rmtree(aside, ignore_errors=True)
        try:
            normalise(Landing(places.landing), aside, registry)
            return list(_adopt(aside, places.core))
        finally:
            shutil.rmtree(aside, ignore_errors=True)


def _adopt(aside: Path, core: Path) -> Iterator[str]:
    for record in RECORDS:
        change = adopt_table(aside, core, arrow_schema(record))
        yield (
            f"{change.table}: {change.row_count} rows, {change.new} new, {change.changed} changed,"
            f" {change.removed} removed"
        )
