"""The index of a web archive (CDX server) to captures.

See https://github.com/internetarchive/wayback/tree/master/wayback-cdx-server.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import unquote_plus

from transforms.listings import read_json

FIELDS = ("timestamp", "original", "mimetype", "statuscode", "digest")


@dataclass(frozen=True, slots=True, kw_only=True)
class Capture:
    """One capture of an address."""

    timestamp: str
    """14 digits, as the archive's addresses have it."""
    captured_at: datetime
    """The same, UTC."""
    original_url: str
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CaptureIndex:
    """A page of the index; `resume_key` asks for the next one, None on the last."""

    captures: tuple[Capture, ...] = ()
    resume_key: str | None = None


def parse_capture_index(body: bytes) -> CaptureIndex | None:
    """Return a page of the index as JSON; None for anything else.

    The first row names the columns. A resume key stands alone in the last row, behind an empty
    one. An address the archive does not know is an empty list, or nothing at all.
    """
    if not body.strip():
        return CaptureIndex()
    rows = read_json(body)
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        return None
    if not rows:
        return CaptureIndex()
    names = rows[0]
    if "timestamp" not in names or "original" not in names:
        return None
    key = rows[-1][0] if len(rows) > 2 and not rows[-2] and len(rows[-1]) == 1 else None
    found = (_capture(dict(zip(names, row, strict=False))) for row in rows[1:])
    captures = tuple(capture for capture in found if capture is not None)
    # The key comes as it is to stand in an address; whoever asks encodes it again.
    return CaptureIndex(captures=captures, resume_key=unquote_plus(str(key)) if key else None)


def distinct_captures(captures: list[Capture]) -> list[Capture]:
    """Return captures by time, of the same bytes the first: `collapse` sees only neighbours."""
    first: dict[str, Capture] = {}
    for capture in sorted(captures, key=lambda each: each.timestamp):
        first.setdefault(capture.digest or capture.timestamp, capture)
    return list(first.values())


def _capture(row: dict[str, Any]) -> Capture | None:
    timestamp, original = str(row.get("timestamp", "")), row.get("original")
    if not isinstance(original, str) or len(timestamp) != 14:
        return None
    try:
        captured_at = datetime.strptime(timestamp, "%Y%m%d%H%M%S").replace(tzinfo=UTC)
    except ValueError:
        return None
    return Capture(
        timestamp=timestamp,
        captured_at=captured_at,
        original_url=original,
        digest=str(row.get("digest") or ""),
    )
