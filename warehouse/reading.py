"""Tables for notebooks: Arrow from the Parquet files, filters pushed down to them."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from functools import reduce
from operator import and_
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.dataset as ds
import pyarrow.parquet as pq

from warehouse.catalog import CORE_SCHEMA
from warehouse.connection import data_directory
from warehouse.models import MART_SCHEMA
from warehouse.tables import TableError

Day = str | date | None

_TIME_COLUMNS = ("published_at", "fetched_at", "seen_at")
"""Columns that since and until may mean, in the order they are looked for."""
_MONTHS = ds.partitioning(pa.schema([("month", pa.string())]), flavor="hive")


def table(
    name: str,
    *,
    feed: str | None = None,
    since: Day = None,
    until: Day = None,
    columns: Sequence[str] | None = None,
    data: Path | str | None = None,
) -> pa.Table:
    """Return rows of a core table or mart; `.to_pandas()` makes a frame of it.

    Only those of a feed, of `since` (a day or moment, UTC) or later, and before `until`; only
    the named columns. Parts of articles (sections, links, topics of either) go by feed and
    publication of their article. Files and columns out of question are not read. `data` is the
    data directory; without it FEEDHOUSE_DATA names it.

        articles = warehouse.table("articles", feed="bytebytego", since="2026-01-01")

    Raises TableError for a table there is not, and for a filter it cannot take.
    """
    folder = data_directory(data)
    held = _open(folder, name)
    wanted = None if columns is None else list(columns)
    if _is_part(held, feed, since, until):
        own = table("articles", feed=feed, since=since, until=until, data=folder)
        conditions = [ds.field("article_id").isin(own["article_id"].combine_chunks())]
    else:
        conditions = _conditions(held, name, feed, since, until)
    return held.to_table(columns=wanted, filter=reduce(and_, conditions) if conditions else None)


def _open(data: Path, name: str) -> Any:
    """Return the dataset of a table, its columns those of all its files together."""
    mart = data / MART_SCHEMA / f"{name}.parquet"
    files = [mart] if mart.exists() else sorted((data / CORE_SCHEMA / name).rglob("part-*.parquet"))
    if not files:
        there = {path.stem for path in (data / MART_SCHEMA).glob("*.parquet")}
        there |= {path.name for path in (data / CORE_SCHEMA).glob("*")}
        listed = ", ".join(sorted(there)) or f"none; build them in {data}: feedhouse run"
        raise TableError(f"there is no table {name!r}; there are: {listed}")
    schemas = [pq.read_schema(path) for path in files]
    if any(path.parent.name.startswith("month=") for path in files):
        schemas.append(pa.schema([("month", pa.string())]))
    return ds.dataset(
        [str(path) for path in files],
        schema=pa.unify_schemas(schemas),
        format="parquet",
        partitioning=_MONTHS,
    )


def _is_part(held: Any, feed: str | None, since: Day, until: Day) -> bool:
    """Return whether rows have to be found through their article."""
    names = held.schema.names
    needs_feed = feed is not None and "feed_id" not in names
    needs_time = (since is not None or until is not None) and _time_column(held) is None
    return "article_id" in names and (needs_feed or needs_time)


def _conditions(held: Any, name: str, feed: str | None, since: Day, until: Day) -> list[Any]:
    moment = _time_column(held)
    if feed is not None and "feed_id" not in held.schema.names:
        raise TableError(f"{name} is not by feed: it has no feed_id")
    if moment is None and (since is not None or until is not None):
        raise TableError(f"{name} has no time to filter by; it has: {', '.join(held.schema.names)}")
    conditions = []
    if feed is not None:
        conditions.append(ds.field("feed_id") == feed)
    if since is not None:
        conditions.append(ds.field(moment) >= _moment(since))
    if until is not None:
        conditions.append(ds.field(moment) < _moment(until))
    return conditions


def _time_column(held: Any) -> str | None:
    return next((each for each in _TIME_COLUMNS if each in held.schema.names), None)


def _moment(day: str | date) -> Any:
    """Return a day or moment as one; without a zone it is UTC."""
    held = datetime.fromisoformat(day) if isinstance(day, str) else day
    if not isinstance(held, datetime):
        held = datetime(held.year, held.month, held.day, tzinfo=UTC)
    utc = held.replace(tzinfo=UTC) if held.tzinfo is None else held.astimezone(UTC)
    return pa.scalar(utc, pa.timestamp("us", tz="UTC"))
