"""What a response says about when to come back; None for what is absent or makes no sense."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

_SECONDS = re.compile(r"\+?(\d{1,12})(?:\.\d*)?\s*(?:s|sec|secs|seconds)?", re.IGNORECASE)
_MAX_AGE = re.compile(r"(?:^|[,\s])max-age\s*=\s*\"?(\d{1,12})", re.IGNORECASE)
_LONGEST = timedelta(days=3650)
"""Numbers beyond are a host's infinity; a timedelta must still hold them."""
_PERIODS = {
    "hourly": timedelta(hours=1),
    "daily": timedelta(days=1),
    "dayly": timedelta(days=1),  # seen in the wild
    "weekly": timedelta(weeks=1),
    "monthly": timedelta(days=30),
    "yearly": timedelta(days=365),
    "always": timedelta(0),
}


def retry_after(headers: Mapping[str, str], now: datetime) -> timedelta | None:
    """Return how long a response tells to stay away; not capped, never negative.

    A date counts from the response's own Date, for the clocks of hosts differ from ours.
    """
    value = headers.get("retry-after", "").strip()
    if match := _SECONDS.fullmatch(value):
        return min(timedelta(seconds=int(match[1])), _LONGEST)
    until = http_date(value)
    if until is None:
        return None
    wait = until - (http_date(headers.get("date", "")) or now)
    return min(wait, _LONGEST) if wait > timedelta(0) else None


def cached_for(headers: Mapping[str, str], now: datetime) -> timedelta | None:
    """Return how long caches may give the same answer again (max-age less Age, or Expires)."""
    control = headers.get("cache-control", "")
    if re.search(r"no-store|no-cache", control, re.IGNORECASE):
        return None
    if match := _MAX_AGE.search(control):
        age = headers.get("age", "").strip()
        seconds = int(match[1]) - (int(age) if age.isdigit() and len(age) < 10 else 0)
        return min(timedelta(seconds=seconds), _LONGEST) if seconds > 0 else None
    expires = http_date(headers.get("expires", ""))
    if expires is None:
        return None
    wait = expires - (http_date(headers.get("date", "")) or now)
    return min(wait, _LONGEST) if wait > timedelta(0) else None


def time_to_live(minutes: str) -> timedelta | None:
    """Return the `ttl` of an RSS channel; None for nothing, zero and nonsense."""
    match = re.fullmatch(r"\s*(\d{1,7})(?:\.\d*)?\s*", minutes)
    return timedelta(minutes=int(match[1])) if match and int(match[1]) else None


def update_period(period: str, frequency: str) -> timedelta | None:
    """Return the time between updates that the syndication module declares.

    `sy:updateFrequency` is times per period, 1 when absent; 0.1 (every tenth) has been seen.
    See: https://web.resource.org/rss/1.0/modules/syndication/
    """
    base = _PERIODS.get(period.strip().lower())
    if not base:
        return None
    try:
        times = float(frequency.strip() or 1)
    except ValueError:
        times = 1.0
    return min(base / times, _LONGEST) if 1e-4 < times < 1e4 else base


def http_date(value: str) -> datetime | None:
    """Return the moment of an HTTP date in any of its three spellings, UTC."""
    try:
        moment = parsedate_to_datetime(value.strip())
        zoned = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        return zoned.astimezone(UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
