"""Publication dates as feeds write them, to UTC: read, or left alone, never invented.

What is read: seconds and milliseconds since 1970, ISO 8601 and RFC 3339 with every liberty feeds
take, RFC 822 likewise, and dates as people write them (`written_dates`).
"""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from transforms.clock import Clock, read_zone
from transforms.written_dates import full_year, read_written

# No date is written longer; what is, is a text in a date's place.
MAX_DATE_CHARS = 100
# Seconds since 1970 count as a date from 1990 to 2100; other numbers are something else.
EPOCH_SECONDS = range(631_152_000, 4_102_444_800)

_EPOCH = re.compile(r"^(\d{9,10})(?:(\d{3})\d{0,6})?(?:[.,]\d+)?$", re.ASCII)
_ISO = re.compile(
    r"^(?P<year>\d{4})(?:-?(?P<month>\d\d)(?:-?(?P<day>\d\d))?|-(?P<ordinal>\d{3}))?"
    r"(?:[T\s]+(?P<hour>\d{1,2})(?::?(?P<minute>\d\d)(?::?(?P<second>\d\d)(?:[.,:](?P<fraction>\d+))?)?)?"
    r"(?P<zone>\D.*)?|T?(?P<offset>Z|[+-]\d\d:?\d\d)?)$",
    re.ASCII | re.IGNORECASE,
)
_RFC822 = re.compile(
    r"^(?:[a-z]{3,9}\.?,? ?)?(?P<day>\d{1,2})[ -](?P<month>[a-z]{3})[ -](?P<year>\d{4}|\d\d),? "
    r"(?P<hour>\d{1,2}):(?P<minute>\d\d)(?::(?P<second>\d\d)(?:\.(?P<fraction>\d+))?)?(?P<zone>\D.*)?$",
    re.ASCII | re.IGNORECASE,
)
_MONTHS = {name: number for number, name in enumerate(
    ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), start=1
)}  # fmt: skip


@dataclass(frozen=True, slots=True)
class ReadDate:
    """A date in UTC, or None, and the rule that says how it was read."""

    at: datetime | None
    rule: str


def read_date(raw: str | None) -> ReadDate:
    """Return a written date in UTC with the rule that read it: epoch, iso8601, rfc822 or lax.

    What the text leaves out is filled in and told by the rule: `+utc` a time without a known zone,
    taken as UTC; `+midnight` a day without a time; `+first` a month or year without a day.
    `absent` and `unreadable` come without a time. Never raises.
    """
    text = " ".join((raw or "").split())
    if not text:
        return ReadDate(None, "absent")
    if len(text) <= MAX_DATE_CHARS:
        for read in (_epoch, _rfc822, _iso, _lax):
            try:
                found = read(text)
            except (ValueError, OverflowError):  # the 31st of February, hour 25, the year 0
                continue
            if found is not None:
                return found
    return ReadDate(None, "unreadable")


def _epoch(text: str) -> ReadDate | None:
    match = _EPOCH.match(text)
    if not match or int(match[1]) not in EPOCH_SECONDS:
        return None
    moment = datetime.fromtimestamp(int(match[1]), UTC)
    return ReadDate(moment + timedelta(milliseconds=int(match[2] or 0)), "epoch")


def _rfc822(text: str) -> ReadDate | None:
    match = _RFC822.match(text)
    month = _MONTHS.get(match["month"].lower()) if match else None
    if not match or month is None:
        return None
    day = date(full_year(match["year"]), month, int(match["day"]))
    return _moment("rfc822", day, _clock(match), read_zone(match["zone"]))


def _iso(text: str) -> ReadDate | None:
    match = _ISO.match(text)
    if not match:
        return None
    day = date(int(match["year"]), int(match["month"] or 1), int(match["day"] or 1))
    if match["ordinal"]:
        day += timedelta(days=int(match["ordinal"]) - 1)
    if match["hour"] is None:
        is_whole = bool(match["day"] or match["ordinal"])
        return _moment("iso8601" if is_whole else "iso8601+first", day, None, None)
    zone = read_zone(match["zone"])
    if zone is None and match["zone"] and any(letter.isdigit() for letter in match["zone"]):
        return None  # more than a zone stands there
    return _moment("iso8601", day, _clock(match), zone)


def _lax(text: str) -> ReadDate | None:
    written = read_written(text)
    if written is None:
        return None
    rule = "lax" if written.is_whole else "lax+first"
    return _moment(rule, written.day, written.clock, written.zone)


def _clock(match: re.Match[str]) -> Clock:
    return Clock(
        hour=int(match["hour"]),
        minute=int(match["minute"] or 0),
        second=int(match["second"] or 0),
        microsecond=int((match["fraction"] or "0")[:6].ljust(6, "0")),
    )


def _moment(rule: str, day: date, clock: Clock | None, zone: timedelta | None) -> ReadDate:
    midnight = datetime(day.year, day.month, day.day, tzinfo=UTC)
    if clock is None:
        return ReadDate(midnight, rule if rule.endswith("+first") else f"{rule}+midnight")
    local = midnight + clock.since_midnight
    if zone is None:
        return ReadDate(local, f"{rule}+utc")
    try:
        return ReadDate(local - zone, rule)
    except OverflowError:  # years 1 and 9999 at the edge of the calendar
        return ReadDate(local, f"{rule}+utc")
