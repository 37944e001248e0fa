"""Time lines: a line that says nothing but when a post was published."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta, timezone, tzinfo

from transforms.captures.lines import tidy
from transforms.captures.rules import load_rules
from transforms.dates import read_date

# No time line is longer: it holds a label, a weekday, a date, a time and a zone.
MAX_STAMP_LENGTH = 80
# No zone is further from UTC.
MAX_OFFSET = timedelta(hours=14)

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?P<month_name>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_DATES = {
    # 2025-11-20, 2025/11/20, 2025.11.20, 2025. 11. 20., 2025年11月20日
    "year-first": (
        r"(?P<year>\d{4})\s?[-/.年]\s?(?P<month>\d{1,2})\s?[-/.月]\s?(?P<day>\d{1,2})[日.]?"
    ),
    # Nov 20, 2025
    "month-name": _MONTH + r"\s+(?P<day>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<year>\d{4})",
    # 20 November 2025, 20-Nov-2025
    "day-month-name": r"(?P<day>\d{1,2})(?:st|nd|rd|th|\.)?[\s-]+"
    + _MONTH
    + r",?[\s-]+(?P<year>\d{4})",
    # 20.11.2025 is written where the day comes first
    "dotted": r"(?P<day>\d{1,2})\.\s?(?P<month>\d{1,2})\.\s?(?P<year>\d{4})",
    # 11/20/2025 or 20/11/2025
    "slashed": r"(?P<first>\d{1,2})(?P<mark>[/-])(?P<second_part>\d{1,2})(?P=mark)(?P<year>\d{4})",
}
_WEEKDAY = (
    r"(?:(?:mon|tues?|wed(?:nes)?|thur?s?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+"
    r"|(?:星期|周).\s*,?\s*)?"
)
_CLOCK = (
    r"(?P<early>上午|下午|오전|오후|午前|午後)?\s*(?P<hour>\d{1,2})\s?[:时時]\s?(?P<minute>\d{2})分?"
    r"(?::(?P<second>\d{2})(?:[.,]\d{1,9})?秒?)?\s*(?P<half>[ap]\.?\s?m\b\.?)?"
)
_ZONE = (
    r"(?:\s*\(?(?:(?:utc|gmt)?\s?(?P<sign>[+\-−])(?P<zone_hours>\d{1,2})(?::?(?P<zone_minutes>\d{2}))?"
    r"|(?P<zone_name>z|utc|gmt|[a-z]{3,4}))\)?)?"
)  # fmt: skip
_BETWEEN = r"(?:\s*[,t·|–-]?\s*(?:\bat\b|\bum\b)?\s*)"
_AFTERNOON = ("下午", "오후", "午後")
_TIMES = tuple(
    (
        shape,
        re.compile(
            _WEEKDAY + written + r"(?:\s*(?:星期|周).)?" + _BETWEEN + _CLOCK + _ZONE, re.IGNORECASE
        ),
    )
    for shape, written in _DATES.items()
)
_DAYS = tuple(
    (shape, re.compile(_WEEKDAY + written, re.IGNORECASE)) for shape, written in _DATES.items()
)
# Files joined without a newline between them glue a time to the last words of the one before.
_GLUED = re.compile(r"(?<=[^\s\d:/T-])(\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2})$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamp:
    """A time line: the time as written, with its zone where the line gives one.

    `moment` is None where day and month cannot be told apart; `other` is the second reading.
    A day without a time (`has_time` False) is midnight, which is not when the post appeared.
    """

    line: int
    raw: str
    shape: str
    moment: datetime | None
    other: datetime | None = None
    has_time: bool = True


def find_stamps(lines: Sequence[str]) -> tuple[Stamp, ...]:
    """Return the time lines of a capture in order, day and month settled over all of them.

    Lines with a day but no time count only where no line has a time.
    """
    found = (read_stamp(line, place) for place, line in enumerate(lines))
    timed = [stamp for stamp in found if stamp]
    if timed:
        return _settled(timed)
    days = (_read(line, place, _DAYS) for place, line in enumerate(lines))
    return _settled([replace(stamp, has_time=False) for stamp in days if stamp])


def unglued(lines: Sequence[str]) -> list[str]:
    """Return the lines with times that are glued to the words before them on their own lines."""
    return [part for line in lines for part in _GLUED.split(line) if part or not line]


def read_stamp(line: str, place: int = 0) -> Stamp | None:
    """Return what a line says as a time, or None when it says anything else or no time of day."""
    return _read(line, place, _TIMES)


def _read(line: str, place: int, shapes: Sequence[tuple[str, re.Pattern[str]]]) -> Stamp | None:
    raw = tidy(line)
    if not raw or len(raw) > MAX_STAMP_LENGTH or not any(letter.isdigit() for letter in raw):
        return None
    bare = re.sub(f"^{load_rules().preview.stamp_labels}", "", raw, flags=re.IGNORECASE)
    for shape, pattern in shapes:
        match = pattern.fullmatch(bare)
        readings = (
            [each for day, month in _days(match) if (each := _moment(match, day, month))]
            if match
            else []
        )
        if readings:
            other = readings[1] if len(readings) > 1 and readings[1] != readings[0] else None
            return Stamp(line=place, raw=raw, shape=shape, moment=readings[0], other=other)
    return None


def _days(match: re.Match[str]) -> list[tuple[int, int]]:
    """Return the day and month a match may mean, the day-first reading first."""
    parts = match.groupdict()
    if parts.get("first"):
        first, second = int(parts["first"]), int(parts["second_part"])
        return [(first, second), (second, first)]
    if parts.get("month_name"):
        return [(int(parts["day"]), _MONTHS.index(parts["month_name"][:3].lower()) + 1)]
    return [(int(parts["day"]), int(parts["month"]))]


def _moment(match: re.Match[str], day: int, month: int) -> datetime | None:
    parts = match.groupdict()
    clock = (
        (_hour(parts), int(parts["minute"]), int(parts["second"] or 0))
        if parts.get("hour")
        else (0, 0, 0)
    )
    try:
        local = datetime(int(parts["year"]), month, day, *clock)  # noqa: DTZ001
    except ValueError:
        return None
    return _in_zone(local, parts)


def _hour(parts: Mapping[str, str | None]) -> int:
    hour = int(parts["hour"] or 0)
    half, early = (parts["half"] or "")[:1].lower(), parts["early"]
    if half or early:
        is_late = half == "p" or early in _AFTERNOON
        return hour % 12 + 12 * is_late if hour <= 12 else hour
    # Browsers write half past midnight as 24:30 when told not to use twelve hours.
    return 0 if hour == 24 else hour


def _in_zone(local: datetime, parts: Mapping[str, str | None]) -> datetime | None:
    sign, name = parts.get("sign"), parts.get("zone_name")
    if sign:
        offset = timedelta(
            hours=int(parts["zone_hours"] or 0), minutes=int(parts["zone_minutes"] or 0)
        )
        if offset > MAX_OFFSET:
            return None
        return local.replace(tzinfo=timezone(offset if sign == "+" else -offset))
    if name:
        named = read_date(f"{local.isoformat(' ')} {name.upper()}")
        return None if named.rule.endswith("+utc") else named.at
    return local


def _settled(stamps: list[Stamp]) -> tuple[Stamp, ...]:
    """Return the stamps with one reading each of days written 03/04/2025.

    One line that can be read in one way only tells for all; then the order of the posts,
    newest or oldest first; then AM and PM as Americans write them. Else the day stays unknown.
    """
    slashed = [stamp for stamp in stamps if stamp.shape == "slashed"]
    open_ones = [stamp for stamp in slashed if stamp.other]
    if not open_ones:
        return tuple(stamps)
    is_month_first = _tells_month_first(slashed)
    return tuple(_read_as(stamp, is_month_first) if stamp.other else stamp for stamp in stamps)


def _read_as(stamp: Stamp, is_month_first: bool | None) -> Stamp:  # noqa: FBT001
    if is_month_first is None:
        return replace(stamp, moment=None, other=None)
    return replace(stamp, moment=stamp.other if is_month_first else stamp.moment, other=None)


def _tells_month_first(stamps: list[Stamp]) -> bool | None:
    plain = [stamp for stamp in stamps if stamp.other is None and stamp.moment]
    for stamp in plain:
        first, second = (int(part) for part in re.findall(r"\d{1,2}(?=[/-])", stamp.raw)[:2])
        if first != second:
            return second > first
    day_first = _is_ordered([stamp.moment for stamp in stamps])
    month_first = _is_ordered([stamp.other or stamp.moment for stamp in stamps])
    if len(stamps) >= 3 and day_first != month_first:
        return month_first
    return True if all(re.search(r"[AP]M\b", stamp.raw) for stamp in stamps) else None


def _is_ordered(moments: list[datetime | None]) -> bool:
    known = [moment.replace(tzinfo=None) for moment in moments if moment]
    return known in (sorted(known), sorted(known, reverse=True))


def utc_of(stamp: Stamp, zone: tzinfo) -> datetime | None:
    """Return the time of a stamp in UTC, read in a zone where the line gives none."""
    if stamp.moment is None:
        return None
    local = stamp.moment if stamp.moment.tzinfo else stamp.moment.replace(tzinfo=zone)
    try:
        return local.astimezone(UTC)
    except OverflowError:  # the first and last day of the calendar
        return None
