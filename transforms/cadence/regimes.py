"""Change-points of a feed's rhythm, and what holds between two of them."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from ruptures import KernelCPD

from transforms.cadence.history import FeedHistory, date_from
from transforms.cadence.records import CadenceRegime

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

_LEAST_WEEKS = 4
"""Weeks a regime lasts at least: holidays are no change of rhythm."""
_LEAST_OBSERVED_DAYS = 4
"""Days of a week that have to be observed for its silence to count."""
_MOST_PER_DAY = 3
"""Articles of a day that count: a day of releases is no rhythm."""
_HOURS_LIKE_A_POST = 6
"""Hours the usual time has to move to weigh as much as a post more or less each week."""
_CAUTION = 2.0
"""Times the noise, grown with the logarithm of the weeks, that a change has to stand out by: of
840 random feeds of one rhythm, two to ten years long, none is said to have changed, and a post
more each week, or another weekday, is found in all of 120."""
_LEAST_NOISE = 0.5
"""Noise assumed in a feed that never misses a day, so that one missed week is no change."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Regime:
    """A stretch of the day grid of a history and its articles."""

    first_day: int
    end_day: int
    """The day after its last one."""
    articles: slice
    counts: NDArray[np.int64]
    """Articles of each observed day."""
    weekdays: NDArray[np.int64]
    """Weekday of each observed day, 0 is Monday."""
    gaps: NDArray[np.float64]
    """Observed gaps between its articles, days."""

    @property
    def article_count(self) -> int:
        """Number of its articles."""
        return int(self.articles.stop - self.articles.start)

    @property
    def posts_per_week(self) -> float:
        """Articles per observed week; what was observed for less than a week counts as one."""
        return self.article_count / max(1.0, len(self.counts) / 7)

    @property
    def usual_weekdays(self) -> NDArray[np.int64]:
        """Weekdays that have at least half the articles of the commonest one."""
        found = np.bincount(self.weekdays, weights=self.counts, minlength=7)
        return np.flatnonzero((found > 0) & (found >= found.max() / 2))

    @property
    def weekday_score(self) -> float:
        """How well the due weekdays tell the days with articles, 0 to 1."""
        is_published = self.counts > 0
        weeks = np.maximum(np.bincount(self.weekdays, minlength=7), 1)
        shares = np.bincount(self.weekdays[is_published], minlength=7) / weeks
        is_due = shares[self.weekdays] >= 0.5
        either = np.count_nonzero(is_due | is_published)
        return np.count_nonzero(is_due & is_published) / either if either else 0.0

    @property
    def interval_score(self) -> float:
        """How little the gaps scatter around their median, 0 to 1; 0 for random times.

        The mean deviation, not the median one: with gaps of two days and a longer one each
        week, the median knows nothing of the longer one.
        """
        middle = np.median(self.gaps)
        if not middle:
            return 0.0
        return max(0.0, 1 - float(np.abs(self.gaps - middle).mean() / middle))

    @property
    def regularity(self) -> float | None:
        """The better score; None when there are too few gaps to tell."""
        if len(self.gaps) < 3:
            return None
        return round(max(self.weekday_score, self.interval_score), 4)


def find_regimes(history: FeedHistory) -> list[Regime]:
    """Return the stretches of steady rhythm in order of time; they fill the whole grid."""
    silent = _begin_of_silence(history)
    changed = (7 * week for week in _changed_weeks(history))
    starts = [0, *(day for day in changed if day <= silent - 7 * _LEAST_WEEKS)]
    if silent < len(history.day_counts):
        starts.append(silent)
    ends = [*starts[1:], len(history.day_counts)]
    return [_regime(history, *stretch) for stretch in zip(starts, ends, strict=True)]


def describe_regimes(history: FeedHistory) -> Iterator[CadenceRegime]:
    """Yield the regimes of a feed as records."""
    regimes = find_regimes(history)
    for number, regime in enumerate(regimes, start=1):
        is_current = number == len(regimes)
        start = history.dates[0] if number == 1 else history.date_of(regime.first_day)
        hours = history.minutes[regime.articles] // 60
        last_day = history.last_date if is_current else history.date_of(regime.end_day - 1)
        days = int((last_day - start).astype(int)) + 1
        yield CadenceRegime(
            feed_id=history.feed_id,
            regime_number=number,
            start_date=date_from(start),
            end_date=None if is_current else date_from(last_day),
            is_current=is_current,
            article_count=regime.article_count,
            posts_per_week=round(regime.posts_per_week, 2),
            weekdays=tuple(WEEKDAYS[day] for day in regime.usual_weekdays),
            local_hour=int(np.bincount(hours).argmax()) if len(hours) else None,
            regularity=regime.regularity,
            median_gap_days=_rounded(np.median, regime.gaps),
            longest_gap_days=_rounded(np.max, regime.gaps),
            unobserved_days=max(0, days - len(regime.counts)),
        )


def _begin_of_silence(history: FeedHistory) -> int:
    """Return the Monday after the latest article when it began a silence, else the grid's end.

    A rare post that stops is too little for a change-point; but nobody who was never away for
    longer than some weeks is merely late after four times as long.
    """
    end = len(history.day_counts)
    last = int(history.day_numbers[-1])
    gaps = history.gaps[~np.isnan(history.gaps)]
    silent_days = np.count_nonzero(history.is_observed[last + 1 :])
    if len(gaps) < 3 or silent_days <= max(7 * _LEAST_WEEKS, 4 * np.quantile(gaps, 0.9)):
        return end
    return (last // 7 + 1) * 7


def _changed_weeks(history: FeedHistory) -> list[int]:
    """Return the weeks of the grid that begin another regime.

    The signal has, for each observed week, the articles of every weekday and the usual hour; a
    stretch of steady rhythm is one where these stay around a mean. Weeks that nobody observed
    are left out: not having looked is no silence. So is the week that has not ended.
    """
    days = history.is_observed.reshape(-1, 7)
    is_known = (days.sum(axis=1) >= _LEAST_OBSERVED_DAYS) | (_by_week(history).sum(axis=1) > 0)
    is_known[-1] &= days[-1].all()
    weeks = np.flatnonzero(is_known)
    if len(weeks) < 2 * _LEAST_WEEKS:
        return []
    counts = np.minimum(_by_week(history), _MOST_PER_DAY)
    signal = np.column_stack([counts, _week_hours(history) / _HOURS_LIKE_A_POST])[weeks]
    noise = (np.diff(signal, axis=0) ** 2).mean(axis=0).sum() / 2
    penalty = _CAUTION * max(noise, _LEAST_NOISE) * np.log(len(weeks))
    detector = KernelCPD(kernel="linear", min_size=_LEAST_WEEKS).fit(signal)
    return [int(weeks[end]) for end in detector.predict(pen=penalty)[:-1]]


def _by_week(history: FeedHistory) -> NDArray[np.int64]:
    return history.day_counts.reshape(-1, 7)


def _week_hours(history: FeedHistory) -> NDArray[np.float64]:
    """Return the mean local hour of each week's articles, less the feed's; 0 without any.

    Hours are measured from the feed's own mean around the clock, so that midnight parts no
    publishing time in two.
    """
    angles = history.minutes * (2 * np.pi / 1440)
    mean = np.arctan2(np.sin(angles).mean(), np.cos(angles).mean())
    hours = ((angles - mean + np.pi) % (2 * np.pi) - np.pi) * 12 / np.pi
    weeks = history.day_numbers // 7
    week_count = len(history.day_counts) // 7
    sums = np.bincount(weeks, weights=hours, minlength=week_count)
    return sums / np.maximum(np.bincount(weeks, minlength=week_count), 1)


def _regime(history: FeedHistory, first_day: int, end_day: int) -> Regime:
    is_observed = history.is_observed[first_day:end_day]
    begin, end = np.searchsorted(history.day_numbers, [first_day, end_day])
    gaps = history.gaps[begin : max(begin, end - 1)]
    return Regime(
        first_day=first_day,
        end_day=end_day,
        articles=slice(int(begin), int(end)),
        counts=history.day_counts[first_day:end_day][is_observed],
        weekdays=(np.arange(first_day, end_day) % 7)[is_observed],
        gaps=gaps[~np.isnan(gaps)],
    )


def _rounded(measure: object, gaps: NDArray[np.float64]) -> float | None:
    return round(float(measure(gaps)), 2) if len(gaps) else None  # type: ignore[operator]
