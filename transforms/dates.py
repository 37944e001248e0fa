"""Publication dates as feeds write them, to UTC: read, or left alone, never invented.

What is read: seconds and milliseconds since 1970, ISO 8601 and RFC 3339 with every liberty feeds
take, RFC 822 with long and foreign names, and dates as people write them. A numeric date that may
be day or month first (03/04/2024) is unreadable: a wrong date is worse than none.
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone

from transforms.date_words import DateWords, fold, load_date_words

# No date is written longer; what is, is a text in a date's place.
MAX_DATE_CHARS = 100
# Seconds since 1970 count as a date from 1990 on: smaller numbers are something else.
MIN_EPOCH_SECONDS = 631_152_000
MAX_EPOCH_SECONDS = 4_102_444_800  # 2100
_MAX_OFFSET_HOURS = 15
# A year of two digits from here on belongs to the last century (RFC 5322 and email readers).
_CENTURY_TURNS_AT = 69

_EPOCH = re.compile(r"^(\d{9,10})(?:(\d{3})|(\d{6}))?(?:[.,]\d+)?$")
_ISO_DATE = re.compile(
    r"^(?P<year>\d{4})(?:-?(?P<month>\d\d)(?:-?(?P<day>\d\d))?|-(?P<ordinal>\d{3}))?"
    r"(?=$|[T\s])[T\s]*",
    re.IGNORECASE,
)
_TIME = re.compile(
    r"(?P<hour>\d{1,2})(?::(?P<minute>\d\d)|h(?P<french>\d\d)|\.(?P<dotted>\d\d)(?=$|[\s.]))"
    r"(?:[:.](?P<second>\d\d)(?:[.,:](?P<fraction>\d+))?)?"
)
_COMPACT_TIME = re.compile(r"^(?P<hour>\d\d)(?P<minute>\d\d)(?P<second>\d\d)?(?:[.,](?P<fraction>\d+))?")
_HOUR_ALONE = re.compile(r"^(?P<hour>\d\d)(?=[+Z-]|$)", re.IGNORECASE)
_CJK_TIME = re.compile(r"(\d{1,2})\s*[시時时点]\s*(?:(\d{1,2})\s*[분分])?\s*(?:(\d{1,2})\s*[초秒])?")
_OFFSET = re.compile(r"(?P<sign>[+−-])\s?(?P<hour>\d{1,2})(?::?(?P<minute>\d\d))?(?::?\d\d)?(?!\d)")
_YEAR_FIRST = re.compile(r"\b(\d{4})\s?[-/.年년]\s?(\d{1,2})\s?[-/.月월]\s?(\d{1,2})\b")
_DOTTED = re.compile(r"(?<![\d.])(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4}|\d\d)(?![\d.])")
_NUMERIC = re.compile(r"(?<!\d)(\d{1,2})([/-])(\d{1,2})\2(\d{4}|\d\d)(?!\d)")
_WORD = re.compile(r"[^\W\d_]+")
_NUMBER = re.compile(r"(?<![\d.])\d+")


@dataclass(frozen=True, slots=True)
class ReadDate:
    """A date in UTC, or None, and the rule that says how it was read."""

    at: datetime | None
    rule: str


def read_date(raw: str | None) -> ReadDate:
    """Return a written date in UTC with the rule that read it: epoch, iso8601, rfc822 or lax.

    What the text leaves out is filled in and told by the rule: `+utc` a time without a zone taken
    as UTC, `+midnight` a day without a time, `+first` a month or year without a day. `absent` and
    `unreadable` come without a time. Never raises.
    """
    text = " ".join((raw or "").split())
    if not text:
        return ReadDate(None, "absent")
    if len(text) <= MAX_DATE_CHARS:
        for read in (_epoch, _rfc822, _iso, _lax):
            try:
                found = read(text)
            except (ValueError, OverflowError):  # the 31st of February, the year 0
                continue
            if found is not None:
                return found
    return ReadDate(None, "unreadable")


def _epoch(text: str) -> ReadDate | None:
    match = _EPOCH.match(text)
    if not match or not MIN_EPOCH_SECONDS <= int(match[1]) <= MAX_EPOCH_SECONDS:
        return None
    millis = int(match[2] or (match[3] or "0")[:3])
    return ReadDate(_EPOCH_START + timedelta(seconds=int(match[1]), milliseconds=millis), "epoch")


_EPOCH_START = datetime(1970, 1, 1, tzinfo=UTC)
_RFC822 = re.compile(
    r"^(?:[A-Za-z]{3}, ?)?(\d{1,2}) ([A-Za-z]{3}) (\d{4}) (\d\d):(\d\d):(\d\d) (?:GMT|UTC?|Z|([+-])(\d\d)(\d\d))$"
)
_MONTHS = {
    name: number
    for number, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), start=1)
}


def _rfc822(text: str) -> ReadDate | None:
    """Read the form that nearly all RSS feeds use; anything looser is left to `_lax`."""
    match = _RFC822.match(text)
    if not match or match[2].lower() not in _MONTHS:
        return None
    clock = _Clock(int(match[4]), int(match[5]), int(match[6]), 0)
    zone = timedelta(hours=int(match[8] or 0), minutes=int(match[9] or 0))
    day = datetime(int(match[3]), _MONTHS[match[2].lower()], int(match[1]))  # noqa: DTZ001
    return _moment(day, clock, -zone if match[7] == "-" else zone, "rfc822")
