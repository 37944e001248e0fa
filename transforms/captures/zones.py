"""Zones of captured local times: as told, or as known posts show."""

import re
from collections import Counter
from collections.abc import Collection
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from transforms.captures.stamps import read_stamp
from transforms.document import ParsedFeed

# The preview site that these captures come from shows times as they are read in Beijing.
PREVIEW_ZONE = "+08:00"

_OFFSET = re.compile(
    r"^(?:UTC|GMT)?\s*(?P<sign>[+-])(?P<hours>\d{1,2})(?::?(?P<minutes>\d{2}))?$", re.IGNORECASE
)
# Offsets in use run from -12:00 to +14:00, in steps of a quarter of an hour.
_LEAST, _MOST, _STEP = timedelta(hours=-12), timedelta(hours=14), timedelta(minutes=15)


def read_zone(name: str) -> tzinfo:
    """Return the zone of an IANA name or an offset such as +08:00 or UTC+8.

    Raises ValueError for a name that is neither.
    """
    match = _OFFSET.match(name.strip())
    if match:
        size = timedelta(hours=int(match["hours"]), minutes=int(match["minutes"] or 0))
        if size <= _MOST:
            return timezone(size if match["sign"] == "+" else -size)
    try:
        return ZoneInfo(name.strip())
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError(
            f"{name!r} is no time zone; use a name as Asia/Shanghai or an offset as +08:00"
        ) from None


def known_zone(parsed: ParsedFeed, known: Collection[datetime]) -> str | None:
    """Return the offset at which a capture's local times are those of known posts, or None.

    `known` are the UTC times of the feed's known posts. Two posts must agree to the second (to
    the minute where the capture has no seconds), one where there is but one; a tie is no answer.
    """
    locals_ = [
        stamp.moment for entry in parsed.entries if (stamp := read_stamp(entry.published_raw or ""))
    ]
    votes: Counter[timedelta] = Counter()
    for local in locals_:
        if local is not None and local.tzinfo is None:
            votes.update({offset for at in known if (offset := _offset(local, at)) is not None})
    best = votes.most_common(2)
    if not best or (len(best) > 1 and best[0][1] == best[1][1]):
        return None
    return _written(best[0][0]) if best[0][1] >= min(2, len(locals_)) else None


def _offset(local: datetime, at: datetime) -> timedelta | None:
    apart = local.replace(tzinfo=UTC) - at.replace(microsecond=0)
    if local.second == 0:
        apart += timedelta(seconds=at.second)
    is_offset = _LEAST <= apart <= _MOST and not apart % _STEP
    return apart if is_offset else None


def _written(offset: timedelta) -> str:
    sign = "-" if offset < timedelta(0) else "+"
    minutes = abs(offset) // timedelta(minutes=1)
    return f"{sign}{minutes // 60:02d}:{minutes % 60:02d}"
