"""Publication dates as feeds write them, to UTC: read, or left alone, never invented."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from dateutil import parser as lax_parser

_EPOCH = re.compile(r"^\d{10}(\d{3})?$")
_HAS_DATE = re.compile(r"\d{4}|\d{1,2}[./-]\d{1,2}[./-]\d{2}")
# RFC 2822 knows the American zones; what else feeds write is read as these offsets.
_ZONES = {
    name: hours * 3600
    for name, hours in {
        "UTC": 0, "GMT": 0, "Z": 0, "UT": 0, "WET": 0, "BST": 1, "CET": 1, "WEST": 1,
        "CEST": 2, "EET": 2, "EEST": 3, "MSK": 3, "EST": -5, "EDT": -4, "CST": -6,
        "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7, "AKST": -9, "AKDT": -8,
        "HST": -10, "JST": 9, "KST": 9, "AEST": 10, "AEDT": 11, "NZST": 12, "NZDT": 13,
    }.items()
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class ReadDate:
    """A date in UTC, or None, and the rule that says how it was read."""

    at: datetime | None
    rule: str


def read_date(raw: str | None) -> ReadDate:
    """Return a written date in UTC with the rule that read it: rfc822, iso8601, epoch or lax.

    Without a zone a time is taken as UTC, which the rule says by `+utc`. `absent` and
    `unreadable` come without a time: a wrong date would be worse than none.
    """
    if raw is None or not raw.strip():
        return ReadDate(None, "absent")
    text = raw.strip()
    for rule, read in (("epoch", _epoch), ("iso8601", _iso), ("rfc822", _rfc822), ("lax", _lax)):
        moment = read(text)
        if moment is not None:
            return _in_utc(moment, rule)
    return ReadDate(None, "unreadable")


def _in_utc(moment: datetime, rule: str) -> ReadDate:
    if moment.tzinfo is None:
        return ReadDate(moment.replace(tzinfo=UTC), f"{rule}+utc")
    try:
        return ReadDate(moment.astimezone(UTC), rule)
    except OverflowError:  # year 1 or 9999 at the edge of the calendar
        return ReadDate(moment.replace(tzinfo=UTC), f"{rule}+utc")


def _epoch(text: str) -> datetime | None:
    if not _EPOCH.match(text):
        return None
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=int(text[:10]))


def _iso(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def _rfc822(text: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    zone = text.rsplit(" ", 1)[-1].upper()
    # The standard library reads zone names it does not know as no zone at all.
    if moment.tzinfo is None and zone in _ZONES:
        return moment.replace(tzinfo=UTC) - timedelta(seconds=_ZONES[zone])
    return moment


def _lax(text: str) -> datetime | None:
    if not _HAS_DATE.search(text):
        return None
    try:
        # Two defaults that differ in every part tell what the text itself says.
        first = lax_parser.parse(text, tzinfos=_ZONES, default=datetime(2000, 1, 1))  # noqa: DTZ001
        other = lax_parser.parse(text, tzinfos=_ZONES, default=datetime(2001, 2, 2))  # noqa: DTZ001
    except (ValueError, OverflowError, TypeError, AttributeError):
        return None
    return first if first == other else None
