"""Turns at a host: so many requests at once, so much time between their starts.

Waiting uses the monotonic clock, whatever time the run believes it is.
"""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

SLOWED_SPACING_FACTOR = 5.0
"""A host that said "too many requests" is asked so many times slower for the rest of the run."""


class HostTurns:
    """Who may ask which host when; shared by the threads of a run."""

    def __init__(self, *, concurrency: int, spacing_seconds: float) -> None:
        self._concurrency = concurrency
        self._spacing = spacing_seconds
        self._lock = threading.Lock()
        self._seats: dict[str, threading.BoundedSemaphore] = {}
        self._next_start: dict[str, float] = {}
        self._slowed: set[str] = set()

    @contextmanager
    def turn(self, host: str) -> Iterator[None]:
        """Wait for a turn at the host and hold it for the length of the block."""
        with self._lock:
            seats = self._seats.setdefault(host, threading.BoundedSemaphore(self._concurrency))
        with seats:
            wait = self._book(host)
            if wait > 0:
                time.sleep(wait)
            yield

    def slow_down(self, host: str) -> None:
        """Widen the spacing of a host that complained."""
        with self._lock:
            self._slowed.add(host)

    def _book(self, host: str) -> float:
        """Return the seconds until the next free start at the host, which is then taken."""
        with self._lock:
            now = time.monotonic()
            start = max(now, self._next_start.get(host, now))
            factor = SLOWED_SPACING_FACTOR if host in self._slowed else 1.0
            self._next_start[host] = start + self._spacing * factor
            return start - now
