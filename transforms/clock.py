"""Times of day and zones as dates write them."""

import re
from dataclasses import dataclass
from datetime import timedelta

from transforms.date_words import fold, load_date_words

# The widest zones are 14 hours from Greenwich; a larger offset is a mistake, not a zone.
MAX_OFFSET = timedelta(hours=14)

_ZONE = re.compile(
    r"^\s*(?P<name>[a-z.]+)?\s*(?:(?P<sign>[+\u2212-])(?P<hours>\d{1,2})(?::?(?P<minutes>\d\d))?(?::?\d\d)?)?"
    r"\s*(?:\(.*\)|\[.*\])?\s*$"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """A time of day; raises ValueError for one that no clock shows."""

    hour: int
    minute: int = 0
    second: int = 0
    microsecond: int = 0

    def __post_init__(self) -> None:
        # 24:00 is the end of a day, and a 61st second leaps (ISO 8601).
        is_day_end = self.hour == 24 and self.minute == self.second == 0
        if self.minute > 59 or self.second > 60 or (self.hour > 23 and not is_day_end):
            raise ValueError("no time of day")

    @property
    def since_midnight(self) -> timedelta:
        """What has passed of the day."""
        return timedelta(
            hours=self.hour,
            minutes=self.minute,
            seconds=self.second,
            microseconds=self.microsecond,
        )


def read_zone(text: str | None) -> timedelta | None:
    """Return how far east of Greenwich a zone is, or None where the text names none we know.

    An offset beats the name before it: `GMT+0200`, and the `Z+02:00` of careless software.
    """
    match = _ZONE.match(fold(text)) if text else None
    if not match:
        return None
    if match["sign"]:
        offset = timedelta(hours=int(match["hours"]), minutes=int(match["minutes"] or 0))
        if offset > MAX_OFFSET:
            return None
        return offset if match["sign"] == "+" else -offset
    return named_zone(match["name"])


def named_zone(name: str | None) -> timedelta | None:
    """Return how far east of Greenwich a folded zone name is, or None for one we do not know."""
    hours = load_date_words().zones.get(name) if name else None
    return None if hours is None else timedelta(hours=hours)
