"""Times of an attempt: when it began and how long it was at work, waiting for turns aside."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

Clock = Callable[[], datetime]
"""What time it is, UTC; a simulated one in demonstrations and tests."""


@dataclass(slots=True)
class Stopwatch:
    """Runs while a host is asked; stands while another feed of that host has its turn.

    Lengths are real (monotonic) seconds, moments those of the clock, which may be simulated.
    """

    now: Clock
    begun_at: datetime | None = None
    """When the first request began; None before."""
    seconds: float = 0.0

    @contextmanager
    def running(self) -> Iterator[None]:
        """Count the length of the block."""
        if self.begun_at is None:
            self.begun_at = self.now()
        begin = time.monotonic()
        try:
            yield
        finally:
            self.seconds += time.monotonic() - begin
