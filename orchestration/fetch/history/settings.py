"""How a walk through history behaves: its limits by name, with their reasons."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from orchestration.fetch.addresses import SYSTEM_NETWORK, Network
from orchestration.fetch.settings import FetchSettings

OnProgress = Callable[[str, int, int | None], None]
"""Hears the source, how many documents are there, and of how many where that is known."""


def _tell_nobody(_source: str, _done: int, _expected: int | None) -> None:
    """Keep progress to itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HistorySettings:
    """Manners of a walk; the defaults are meant for other people's servers."""

    fetch: FetchSettings = field(default_factory=FetchSettings)
    spacing_seconds: float | None = None
    """Instead of each source's own, which is two seconds or more."""
    max_requests: int | None = None
    """Over all sources of a run; None for no limit."""
    is_dry: bool = False
    max_tries: int = 4
    """Of one document, when the host has trouble or says to wait."""
    patience_seconds: float = 120.0
    """The longest wait that is sat out; a longer one ends the walk until then."""
    backoff_seconds: float = 5.0
    """First wait where a host does not say how long; doubled each time."""
    sleep: Callable[[float], None] = time.sleep
    network: Network = SYSTEM_NETWORK
    on_progress: OnProgress = _tell_nobody
