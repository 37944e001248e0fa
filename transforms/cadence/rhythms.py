"""What the present rhythm of a feed lets expect, and how long it has been kept."""

from collections.abc import Iterable
from datetime import UTC, datetime
from itertools import groupby
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from transforms.cadence.history import DAY, FeedHistory, date_from
from transforms.cadence.records import PublishingRhythm
from transforms.cadence.regimes import Regime, find_regimes

_LATEST_GAPS = 10
"""Gaps the next one is expected from: an interval drifts, its latest values tell most."""
_LEAST_TOLERANCE_HOURS = 12.0
"""Nobody is late within half a day: schedules slip over lunch and over midnight."""
_WEEKLY_RATE = 0.8
"""Articles a week from which weeks without one break a streak."""


class Forecast(NamedTuple):
    """What a rule has the next article due at, and how far off it was in the past."""

    rule: str
    due_at: datetime
    errors: NDArray[np.float64]
    """Hours between due and real, for every observed gap of the regime."""

    @property
    def tolerance_hours(self) -> float:
        """Hours that nine in ten articles kept."""
        return round(max(_LEAST_TOLERANCE_HOURS, float(np.quantile(self.errors, 0.9))), 1)


def describe_rhythm(history: FeedHistory) -> PublishingRhythm:
    """Return what the latest regime with enough articles lets expect."""
    regime = _telling_regime(find_regimes(history))
    forecast = _forecast(history, regime)
    unit = "week" if regime.posts_per_week >= _WEEKLY_RATE else "month"
    current, longest = _streaks(history, unit)
    gap = None if np.isnan(history.gaps).all() else int(np.nanargmax(history.gaps))
    return PublishingRhythm(
        feed_id=history.feed_id,
        regime_start_date=date_from(max(history.date_of(regime.first_day), history.dates[0])),
        regularity=regime.regularity,
        expected_rule=forecast and forecast.rule,
        expected_next_at=forecast and forecast.due_at,
        tolerance_hours=forecast and forecast.tolerance_hours,
        streak_unit=unit,
        current_streak=current,
        longest_streak=longest,
        longest_gap_days=None if gap is None else round(float(history.gaps[gap]), 2),
        longest_gap_from_at=None if gap is None else _moment(history.published_at[gap]),
    )


def _telling_regime(regimes: list[Regime]) -> Regime:
    """Return the latest regime with four articles; else the one with the most."""
    telling = [regime for regime in regimes if regime.article_count >= 4]
    return telling[-1] if telling else max(regimes, key=lambda regime: regime.article_count)


def _forecast(history: FeedHistory, regime: Regime) -> Forecast | None:
    """Return the forecast of the rule that was nearer over the regime; None without a gap."""
    if not len(regime.gaps):
        return None
    rules = [_by_interval(history, regime)]
    if regime.weekday_score:
        rules.append(_by_weekday(history, regime))
    return min(rules, key=lambda forecast: float(forecast.errors.mean()))


def _by_weekday(history: FeedHistory, regime: Regime) -> Forecast:
    """Expect the next usual weekday at the usual minute.

    The minute is local: what appears at nine appears at nine on both sides of a clock change.
    """
    minute = np.timedelta64(int(np.median(history.minutes[regime.articles])), "m")
    ahead = _days_ahead(regime.usual_weekdays)
    due = history.dates + ahead[history.day_numbers % 7] * DAY + minute
    local = history.dates + history.minutes.astype("timedelta64[m]")
    own = slice(regime.articles.start, regime.articles.stop - 1)
    late = (local[1:] - due[:-1])[own][~np.isnan(history.gaps[own])]
    moment = pd.Timestamp(due[-1]).tz_localize(
        history.timezone, ambiguous=True, nonexistent="shift_forward"
    )
    return Forecast(
        rule="weekdays",
        due_at=moment.tz_convert("UTC").to_pydatetime(),
        errors=np.abs(late / np.timedelta64(1, "h")),
    )


def _by_interval(history: FeedHistory, regime: Regime) -> Forecast:
    """Expect the latest article plus the median of the last gaps."""
    middle = float(np.median(regime.gaps[-_LATEST_GAPS:]))
    due = history.published_at[-1] + np.timedelta64(round(middle * 86_400), "s")
    return Forecast(rule="interval", due_at=_moment(due), errors=np.abs(regime.gaps - middle) * 24)


def _days_ahead(weekdays: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return for every weekday how many days it is to the next of some weekdays."""
    steps = (weekdays[None, :] - np.arange(7)[:, None] - 1) % 7 + 1
    return np.asarray(steps.min(axis=1))


def _streaks(history: FeedHistory, unit: str) -> tuple[int, int]:
    """Return how many periods in a row had an article: to the latest one, and at most.

    A period nobody observed for at least half of it is passed over; the last one, which has
    not ended, breaks nothing.
    """
    grid = history.first_monday + np.arange(len(history.day_counts)) * DAY
    mondays = np.arange(len(grid)) // 7
    periods = mondays if unit == "week" else grid.astype("datetime64[M]").astype(np.int64)
    periods = periods - periods[0]
    has_article = np.bincount(periods, weights=history.day_counts) > 0
    seen_share = np.bincount(periods, weights=history.is_observed) / np.bincount(periods)
    is_counted = has_article | (seen_share >= 0.5)
    is_counted[-1] &= has_article[-1]
    kept = has_article[is_counted]
    runs = _runs(kept)
    return (runs[-1] if kept[-1] else 0), max(runs)


def _runs(kept: Iterable[bool]) -> list[int]:
    """Return the lengths of the runs of true values, in order."""
    return [sum(1 for _ in run) for is_kept, run in groupby(kept) if is_kept]


def _moment(value: np.datetime64) -> datetime:
    held: datetime = value.astype("datetime64[us]").item()
    return held.replace(tzinfo=UTC)
