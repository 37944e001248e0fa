"""Worked example: the sponsors of a feed and how much of its advertising each one buys.

    FEEDHOUSE_DATA=data python -m warehouse.examples.sponsor_shares bytebytego

Asks the warehouse in SQL: `connect` gives core tables, marts and macros. The macro
who_sponsors stands for a query that is asked often; the rest is plain SQL on top of it.
"""

import sys
from pathlib import Path

import pyarrow as pa

import warehouse

SQL = Path(__file__).with_suffix(".sql")


def sponsor_shares(feed: str, data: Path | None = None) -> pa.Table:
    """Return sponsor, placements and percent of the feed's named placements, most first."""
    with warehouse.connect(data) as con:
        sql = SQL.read_text(encoding="utf-8")
        return con.sql(sql, params={"feed": feed}).to_arrow_table()


if __name__ == "__main__":
    for row in sponsor_shares(sys.argv[1]).to_pylist():
        sys.stdout.write("{sponsor:30} {placements:4} {percent:5.1f} %\n".format(**row))
