"""What is known of a feed's past: its articles in local time, and the days it was observed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np
import pandas as pd
import pyarrow as pa
from numpy.typing import NDArray

Days = NDArray[np.datetime64]
DAY = np.timedelta64(1, "D")
_MONDAY = np.datetime64("1990-01-01", "D")
"""A Monday before any article: weeks are counted from it."""


@dataclass(frozen=True, kw_only=True, eq=False)
class FeedHistory:
    """The dated articles of a feed in order of time, and a grid of days from its first week on.

    Articles of times nobody observed (single pages that were got back) are left out: how many
    there were beside them is not known.

    The grid runs from the Monday of the first article to the Sunday of the last day that was
    observed or had an article.
    """

    feed_id: str
    timezone: str
    published_at: Days
    """UTC, microseconds."""
    dates: Days
    """Days in the publisher's zone."""
    minutes: NDArray[np.int64]
    """Minutes since local midnight."""
    spans: tuple[tuple[np.datetime64, np.datetime64], ...]
    """Observed stretches as days, both ends included."""

    @cached_property
    def first_monday(self) -> np.datetime64:
        """The Monday the grid begins with."""
        return np.datetime64(self.dates[0] - _weekday(self.dates[:1])[0] * DAY)

    @cached_property
    def last_date(self) -> np.datetime64:
        """The last day that was observed or had an article."""
        return max(self.dates[-1], *(until for _, until in self.spans), self.dates[-1])

    @cached_property
    def day_counts(self) -> NDArray[np.int64]:
        """Articles on each day of the grid."""
        day_count = (self._offset(self.last_date) // 7 + 1) * 7
        return np.bincount(self.day_numbers, minlength=day_count).astype(np.int64)

    @cached_property
    def day_numbers(self) -> NDArray[np.int64]:
        """Place of each article's day in the grid."""
        return ((self.dates - self.first_monday) // DAY).astype(np.int64)

    @cached_property
    def is_observed(self) -> NDArray[np.bool_]:
        """Whether each day of the grid was observed; a day with an article here always was."""
        is_observed = self.day_counts > 0
        for since, until in self.spans:
            is_observed[max(self._offset(since), 0) : max(self._offset(until) + 1, 0)] = True
        return is_observed

    @cached_property
    def gaps(self) -> NDArray[np.float64]:
        """Days from each article to the next; NaN where somebody did not look in between."""
        gaps = np.diff(self.published_at) / np.timedelta64(1, "D")
        unobserved = np.concatenate(([0], np.cumsum(~self.is_observed)))
        missed = unobserved[self.day_numbers[1:]] - unobserved[self.day_numbers[:-1]]
        return np.where(missed > 0, np.nan, gaps)

    def date_of(self, day_number: int) -> np.datetime64:
        """Return the date of a day of the grid."""
        return self.first_monday + day_number * DAY

    def _offset(self, day: np.datetime64) -> int:
        return int((day - self.first_monday) // DAY)


def date_from(day: np.datetime64) -> date:
    """Return a day of numpy's as a date."""
    held: date = day.astype("datetime64[D]").item()
    return held


def read_histories(tables: Mapping[str, pa.Table]) -> Iterator[FeedHistory]:
    """Yield the history of every feed with a dated article, by feed_id."""
    times = tables["marts.publishing_times"].select(["feed_id", "published_at", "local_at"])
    frame = times.to_pandas().sort_values(["feed_id", "published_at"], kind="stable")
    zones = dict(zip(*_columns(tables["core.feeds"], "feed_id", "timezone"), strict=True))
    spans = _read_spans(tables["marts.observed_days"])
    for feed_id, articles in frame.groupby("feed_id", sort=True):
        name = str(feed_id)
        seen = _observed(articles, spans.get(name, ()))
        if len(seen):
            yield _history(name, seen, _known_zone(zones.get(name)), spans.get(name, ()))


def _observed(
    articles: pd.DataFrame, spans: tuple[tuple[np.datetime64, np.datetime64], ...]
) -> pd.DataFrame:
    """Return the articles of observed days, UTC; all of them where no span is known."""
    if not spans:
        return articles
    days = articles["published_at"].dt.tz_convert(None).to_numpy("datetime64[D]")
    is_seen = np.zeros(len(days), dtype=bool)
    for since, until in spans:
        is_seen |= (days >= since) & (days <= until)
    return articles[is_seen]


def _history(
    feed_id: str,
    articles: pd.DataFrame,
    timezone: str,
    spans: tuple[tuple[np.datetime64, np.datetime64], ...],
) -> FeedHistory:
    local = articles["local_at"].to_numpy("datetime64[us]")
    dates = local.astype("datetime64[D]")
    return FeedHistory(
        feed_id=feed_id,
        timezone=timezone,
        published_at=articles["published_at"].dt.tz_convert(None).to_numpy("datetime64[us]"),
        dates=dates,
        minutes=((local - dates) // np.timedelta64(1, "m")).astype(np.int64),
        spans=spans,
    )


def _read_spans(
    spans: pa.Table,
) -> dict[str, tuple[tuple[np.datetime64, np.datetime64], ...]]:
    """Return observed stretches by feed; a day begun is a day observed."""
    held: dict[str, list[tuple[np.datetime64, np.datetime64]]] = {}
    rows = zip(*_columns(spans, "feed_id", "from_date", "until_date"), strict=True)
    for feed_id, since, until in rows:
        ends = (np.datetime64(each, "D") for each in (since, until))
        held.setdefault(feed_id, []).append((next(ends), next(ends)))
    return {feed_id: tuple(each) for feed_id, each in held.items()}


def _columns(table: pa.Table, *names: str) -> list[list[object]]:
    return [table[name].to_pylist() for name in names]


def _known_zone(name: object) -> str:
    """Return an IANA zone; UTC for one nobody knows, as marts.publishing_times reads it."""
    try:
        return str(pd.Timestamp("2026-01-01", tz=str(name or "UTC")).tz)
    except (KeyError, ValueError):
        return "UTC"


def _weekday(dates: Days) -> NDArray[np.int64]:
    """Return 0 for Monday to 6 for Sunday."""
    return (((dates - _MONDAY) // DAY) % 7).astype(np.int64)
