"""What a run did, gathered while it goes, for whoever started it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from warehouse.landing import Attempt

if TYPE_CHECKING:  # all are long to import, and the UI only shows the definitions
    from orchestration.fetch.history.settings import OnProgress
    from orchestration.fetch.history.walking import WalkReport
    from orchestration.normalise import NormaliseReport
    from warehouse.build import BuildReport


def _ignore(_step: str, _done: int, _total: int) -> None:
    """Tell nobody how far a run is."""


def _pass_over(_report: "WalkReport") -> None:
    """Tell nobody what came of a walk."""


@dataclass(slots=True, kw_only=True)
class RunRecord:
    """Attempts, counts and checks of one run; `on_progress` hears of each step."""

    attempts: list[Attempt] = field(default_factory=list)
    normalised: "NormaliseReport | None" = None
    built: "BuildReport | None" = None
    on_progress: Callable[[str, int, int], None] = _ignore
    on_walk: Callable[["WalkReport"], None] = _pass_over
    """Hears what came of each source of history, when its feed is done."""
    on_visit: "OnProgress | None" = None
    """Hears how far a walk through history is; the log of the run does when there is none."""
