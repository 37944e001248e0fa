"""The inbox: which saved files a run is to land now, and what became of those offered before.

A file is offered once for what it holds. One whose run failed is offered again, for most of what
makes runs fail passes by itself: another writer, a full disk, a power cut. It lands once: bytes
that are known are not landed again.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

MAX_TRIES = 4
FIRST_WAIT_SECONDS = 300.0
"""After the first failed run, longer than a step waits for another writer; then doubled."""
MAX_FILES = 500
"""Files of one run; the others come with the next evaluation."""
_SETTLED_SECONDS = 10
"""A file written to so recently may still be growing."""
_NAMED_FILES = 5

HasLanded = Callable[[str], bool | None]
"""Tells whether the run of a key landed its files; None while it is not known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A file as it was when a run was asked to land it."""

    mark: str
    """Size and time of change: another mark, another content."""
    run_key: str | None = None
    """Of the run that was asked; None when it landed the file."""
    tries: int = 1
    failed_at: float | None = None
    """When its run was seen to have failed, seconds since 1970."""

    @property
    def is_given_up(self) -> bool:
        """Whether it is offered again only when it changes."""
        return self.failed_at is not None and self.tries >= MAX_TRIES

    @property
    def due_at(self) -> float | None:
        """When it is offered again, seconds since 1970; None when that is not due."""
        if self.failed_at is None or self.is_given_up:
            return None
        return self.failed_at + FIRST_WAIT_SECONDS * float(2 ** (self.tries - 1))


def read_cursor(cursor: str | None) -> dict[str, Offer]:
    """Return the offers that a sensor's cursor holds, by path; earlier ones held marks only."""
    held: dict[str, str | dict[str, Any]] = json.loads(cursor or "{}")
    return {
        path: Offer(mark=told) if isinstance(told, str) else Offer(**told)
        for path, told in held.items()
    }


def write_cursor(offers: Mapping[str, Offer]) -> str:
    """Return offers as the cursor of a sensor."""
    return json.dumps({path: asdict(offer) for path, offer in offers.items()}, sort_keys=True)


def settle(offer: Offer, has_landed: HasLanded, now: datetime) -> Offer:
    """Return an offer with what is known by now of the run that was asked to land it."""
    if offer.run_key is None or offer.failed_at is not None:
        return offer
    landed = has_landed(offer.run_key)
    if landed is None:
        return offer
    return replace(offer, run_key=None) if landed else replace(offer, failed_at=now.timestamp())


def find_files(folder: Path, now: datetime) -> Iterator[tuple[str, str]]:
    """Yield the files of an inbox that nobody writes to, each with its mark."""
    for path in sorted(folder.rglob("*")):
        if path.name.startswith(".") or path.suffix in {".part", ".tmp"} or not path.is_file():
            continue
        status = path.stat()
        if now.timestamp() - status.st_mtime >= _SETTLED_SECONDS:
            yield str(path), f"{status.st_size}-{status.st_mtime_ns}"


def new_files(found: Mapping[str, str], offers: Mapping[str, Offer]) -> list[str]:
    """Return files that were never offered as they are."""
    return [p for p, mark in found.items() if p not in offers or offers[p].mark != mark][:MAX_FILES]


def due_again(offers: Mapping[str, Offer], now: datetime) -> list[str]:
    """Return files whose run failed long enough ago to try another."""
    due = ((path, offer.due_at) for path, offer in offers.items())
    return [path for path, at in due if at is not None and at <= now.timestamp()][:MAX_FILES]


def waiting_text(folder: Path, offers: Mapping[str, Offer]) -> str:
    """Return why nothing is offered: what waits to be tried again, and what was given up."""
    said = [f"nothing new in {folder}"]
    waiting = {path: offer.due_at for path, offer in offers.items() if offer.due_at is not None}
    if waiting:
        first = datetime.fromtimestamp(min(waiting.values()), UTC)
        said.append(f"tried again from {first:%H:%M} UTC, for their run failed: {_names(waiting)}")
    given_up = [path for path, offer in offers.items() if offer.is_given_up]
    if given_up:
        said.append(
            f"given up after {MAX_TRIES} failed runs: {_names(given_up)}; the runs tell why, and"
            " who saves a file again (or touches it) has it tried anew"
        )
    return ". ".join(said)


def _names(paths: Iterator[str] | Mapping[str, object] | list[str]) -> str:
    names = [Path(path).name for path in paths]
    rest = len(names) - _NAMED_FILES
    return ", ".join(names[:_NAMED_FILES]) + (f" and {rest} more" if rest > 0 else "")
