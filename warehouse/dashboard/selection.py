"""What a visitor looks at: which feeds, and which days."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

CUSTOM = "chosen days"
PERIODS = ("3 months", "12 months", "24 months", "all time", CUSTOM)
DEFAULT_PERIOD = "12 months"
_DAYS = {"3 months": 91, "12 months": 365, "24 months": 730}


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """Feeds and days that an exhibit shows; `until` is the last day shown. Days are UTC."""

    feeds: tuple[str, ...]
    since: date
    until: date

    def values(self) -> dict[str, object]:
        """Return it as the parameters that every question may use."""
        return {"feeds": list(self.feeds), "since": self.since, "until": self.until}


def select(
    *,
    known: Sequence[str],
    chosen: Sequence[str],
    period: str,
    oldest: date,
    newest: date,
    since: date | None = None,
    until: date | None = None,
) -> Selection:
    """Return the selection that a visitor's choices mean.

    No feed chosen is all of them. Periods end on `newest`, the day of the latest article or
    fetch, not today: data that was loaded in spring has its last twelve months before spring.
    Custom days the wrong way round are turned.
    """
    feeds = tuple(feed for feed in known if feed in set(chosen)) or tuple(known)
    if period == CUSTOM:
        first, last = sorted((since or oldest, until or newest))
        return Selection(feeds=feeds, since=first, until=last)
    days = _DAYS.get(period)
    begin = oldest if days is None else max(oldest, newest - timedelta(days=days - 1))
    return Selection(feeds=feeds, since=begin, until=newest)
