"""What of each feed's months is known to be there, as stretches of months alike."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from orchestration.places import Places
from warehouse import connect
from warehouse.queries import QueryError, find_queries, run_query

UNDATED = "undated"


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthRange:
    """Months in a row of one coverage, and of one proof."""

    first_month: str
    last_month: str
    coverage: str
    """complete, partial or unknown."""
    month_count: int
    missing_count: int
    """Articles that lists name and that are not known."""
    proofs: tuple[str, ...]


def read_month_ranges(places: Places) -> dict[str, list[MonthRange]]:
    """Return the stretches of every feed in order of time.

    None before there is a warehouse, nor while an earlier version's stands, which the next run
    builds anew.
    """
    if not places.warehouse.exists():
        return {}
    with connect(places.data) as connection:
        try:
            names, rows = run_query(connection, find_queries()["month_coverage"], {})
        except QueryError:
            return {}
    records = [dict(zip(names, row, strict=True)) for row in rows]
    return {
        feed: list(_ranges(list(months)))
        for feed, months in groupby(records, key=lambda record: str(record["feed"]))
    }


def _ranges(months: Sequence[Mapping[str, object]]) -> Iterable[MonthRange]:
    def kind(month: Mapping[str, object]) -> tuple[object, ...]:
        return month["month"] == UNDATED, month["coverage"], month["proofs"]

    for _, alike in groupby(months, key=kind):
        held = list(alike)
        yield MonthRange(
            first_month=str(held[0]["month"]),
            last_month=str(held[-1]["month"]),
            coverage=str(held[0]["coverage"]),
            month_count=len(held),
            missing_count=sum(int(str(month["missing"] or 0)) for month in held),
            proofs=tuple(str(held[0]["proofs"] or "").split(", ")) if held[0]["proofs"] else (),
        )


def ranges_text(ranges: Iterable[MonthRange]) -> str:
    """Return stretches as text: `2024-07..2026-05 complete (slug_chain); 2026-06 unknown`."""
    return "; ".join(_range_text(each) for each in ranges)


def _range_text(each: MonthRange) -> str:
    span = each.first_month
    if each.last_month != each.first_month:
        span = f"{each.first_month}..{each.last_month}"
    notes = ", ".join(each.proofs)
    if each.missing_count:
        notes = f"{each.missing_count} missing"
    return f"{span} {each.coverage}" + (f" ({notes})" if notes else "")
