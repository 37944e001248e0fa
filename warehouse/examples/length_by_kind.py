"""Worked example: how long the articles of a feed are, by kind and quarter, with pandas.

    FEEDHOUSE_DATA=data python -m warehouse.examples.length_by_kind bytebytego 2026-01-01

Reads the Parquet files, not the warehouse: only the months since that day and the three
columns that are asked for leave the disk.
"""

import sys
from pathlib import Path

import pandas as pd

import warehouse


def length_by_kind(feed: str, since: str, data: Path | None = None) -> pd.DataFrame:
    """Return the median words of an article: a row per quarter, a column per kind."""
    articles = warehouse.table(
        "articles",
        feed=feed,
        since=since,
        columns=["published_at", "kind", "word_count"],
        data=data,
    ).to_pandas()
    quarters = articles["published_at"].dt.tz_convert(None).dt.to_period("Q").rename("quarter")
    lengths: pd.DataFrame = articles.pivot_table(
        values="word_count", index=quarters, columns="kind", aggfunc="median"
    )
    return lengths


if __name__ == "__main__":
    sys.stdout.write(f"{length_by_kind(sys.argv[1], sys.argv[2])}\n")
