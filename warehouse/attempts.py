"""Attempts as lines of a file: how one is written, and how files of them are read.

A line is written whole or not at all (`warehouse.files.append_line`): one without its end is
what a crash left, and is never an attempt.
"""

import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

_MOMENT_FIELDS = ("fetched_at", "next_due_at", "answered_at")
_BLOCK_BYTES = 8192
"""Read at a time from the end of a file: the last few lines stand in one."""


class LandingError(Exception):
    """A landed file cannot be read; the message names it and the cure."""


OnDamage = Callable[[LandingError], None]
"""Hears of each damaged line, which is then passed over; without it the first one is raised."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """An attempt to fetch a feed or to import a file, and what came of it. Times are UTC."""

    feed_id: str
    fetched_at: datetime
    outcome: str
    http_status: int | None = None
    reason: str | None = None
    duration_ms: int | None = None
    bytes: int | None = None
    etag: str | None = None
    last_modified: str | None = None
    final_url: str | None = None
    document_id: str | None = None
    source_uri: str | None = None
    content_type: str | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    options: Mapping[str, str] = field(default_factory=dict)
    """How the user asked to read the body (format, timezone); empty for fetched ones."""
    request_url: str | None = None
    answered_at: datetime | None = None
    """When the answer was there; later than `duration_ms` tells when a redirect had to wait."""
    next_due_at: datetime | None = None
    due_reason: str | None = None
    state: Mapping[str, Any] | None = None
    """What is known of the feed after this attempt, so that the next one need not read them all.

    Written and read by whoever fetches; all of it follows from the attempts before.
    """


NumberedLine = tuple[int, bytes]


def whole_lines(path: Path) -> Iterator[NumberedLine]:
    """Yield numbered lines that were written to their end; a torn last one is left out."""
    if not path.exists():
        return
    with path.open("rb") as lines:
        for number, line in enumerate(lines, start=1):
            if line.endswith(b"\n") and line.strip():
                yield number, line


def count_lines(path: Path) -> int:
    """Return how many whole lines a file has, blank ones too; nothing is decoded."""
    if not path.exists():
        return 0
    with path.open("rb") as file:
        return sum(block.count(b"\n") for block in iter(lambda: file.read(1 << 20), b""))


def _lines_from_the_end(path: Path) -> Iterator[bytes]:
    """Yield whole lines, the last first; what a crash left after the last line end is left out."""
    if not path.exists():
        return
    with path.open("rb") as file:
        begin, rest, is_last_end_found = file.seek(0, os.SEEK_END), b"", False
        while begin > 0:
            size = min(_BLOCK_BYTES, begin)
            begin = file.seek(begin - size)
            rest, *whole = (file.read(size) + rest).split(b"\n")
            if whole and not is_last_end_found:
                whole.pop()
                is_last_end_found = True
            yield from (line for line in reversed(whole) if line.strip())
        if is_last_end_found and rest.strip():
            yield rest


def read_attempts(
    path: Path, lines: Iterable[NumberedLine] | None = None, on_damage: OnDamage | None = None
) -> Iterator[Attempt]:
    """Yield the attempts of a file, or of those of its lines, in their order."""
    for number, line in whole_lines(path) if lines is None else lines:
        try:
            attempt = from_line(line, path, number)
        except LandingError as error:
            if on_damage is None:
                raise
            on_damage(error)
        else:
            yield attempt


def read_newest_attempts(path: Path) -> Iterator[Attempt]:
    """Yield the attempts of a file from the last one back, reading no more than are taken."""
    for line in _lines_from_the_end(path):
        try:
            yield from_line(line, path, 0)
        except LandingError:
            # Lines have numbers from the top only: they are counted when one is needed.
            number = next(number for number, each in whole_lines(path) if each == line + b"\n")
            from_line(line, path, number)


def to_line(attempt: Attempt) -> bytes:
    """Return an attempt as compact JSON; `documents` relies on there being no blanks."""
    record: dict[str, Any] = {each.name: getattr(attempt, each.name) for each in fields(attempt)}
    for name in _MOMENT_FIELDS:
        moment = record[name]
        record[name] = None if moment is None else _moment_text(moment)
    record["headers"], record["options"] = dict(attempt.headers), dict(attempt.options)
    return json.dumps(record, ensure_ascii=False, separators=(",", ":")).encode(
        "utf-8", "backslashreplace"
    )


def moment_mark(moment: datetime) -> bytes:
    """Return what a line holds whose attempt began at a moment; no text in a line can."""
    return f'"fetched_at":"{_moment_text(moment)}"'.encode()


def from_line(line: bytes, path: Path, number: int) -> Attempt:
    """Return the attempt of a line; keys of a later version are passed over."""
    try:
        record = json.loads(line)
        known = {each.name: record[each.name] for each in fields(Attempt) if each.name in record}
        for name in _MOMENT_FIELDS:
            if known.get(name) is not None:
                known[name] = _moment(known[name])
        return _checked(Attempt(**known))
    except (ValueError, TypeError) as error:
        raise LandingError(
            f"{path}, line {number} is damaged ({error}). Restore the file from a backup, or"
            " delete that line: only the memory of that one attempt is lost."
        ) from error


def _moment_text(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat()


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError(f"time {text!r} lacks its zone")
    return moment


def _checked(attempt: Attempt) -> Attempt:
    """Raise TypeError for what can be JSON and yet no attempt: lines get edited by hand."""
    is_whole = (
        isinstance(attempt.feed_id, str)
        and isinstance(attempt.fetched_at, datetime)
        and isinstance(attempt.outcome, str)
        and isinstance(attempt.headers, dict)
        and isinstance(attempt.options, dict)
    )
    if not is_whole:
        raise TypeError("not the facts of an attempt")
    return attempt
