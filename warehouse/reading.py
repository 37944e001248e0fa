"""Tables for notebooks: Arrow from the Parquet files, filters pushed down to them."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.dataset as ds
import pyarrow.parquet as pq

from warehouse.catalog import CORE_SCHEMA
from warehouse.connection import data_directory
from warehouse.models import MART_SCHEMA
from warehouse.tables import TableError

_TIME_COLUMNS = ("published_at", "fetched_at", "seen_at", "calendar_date")
"""Columns that since and until may mean, in the order they are looked for."""
_MONTHS = ds.partitioning(pa.schema([("month", pa.string())]), flavor="hive")


def table(
    name: str,
    *,
    feed: str | None = None,
    since: str | date | None = None,
    until: str | date | None = None,
    columns: Sequence[str] | None = None,
    data: Path | str | None = None,
) -> pa.Table:
    """Return rows of a core table or mart; `.to_pandas()` makes a frame of it.

    Only those of a feed, of `since` (a day or moment, UTC) or later, and before `until`; only
    the named columns. Parts of articles (sections, links, article_topics, ...) go by feed and
    publication of their article. Only the months and columns in question are read. `data` is
    the data directory, else what FEEDHOUSE_DATA names, else `data` here.

        articles = warehouse.table("articles", feed="bytebytego", since="2026-01-01")

    Raises TableError for a table, or a filter on a table, that there is not.
    """
    folder = data_directory(data)
    held = _open(folder, name)
    conditions = []
    has_feed = "feed_id" in held.schema.names
    moment = next((each for each in _TIME_COLUMNS if each in held.schema.names), None)
    is_part = "article_id" in held.schema.names and (
        (feed is not None and not has_feed)
        or ((since is not None or until is not None) and moment is None)
    )
    if is_part:
        own = table("articles", feed=feed, since=since, until=until, columns=["article_id"], data=folder)
        conditions.append(ds.field("article_id").isin(own["article_id"].combine_chunks()))
        conditions += _month_conditions(held, since, until)
    else:
        conditions += _own_conditions(held, name, feed, since, until, moment)
    condition = None
    for each in conditions:
        condition = each if condition is None else condition & each
    return held.to_table(columns=None if columns is None else list(columns), filter=condition)
