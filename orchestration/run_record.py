"""What a run did, gathered while it goes, for whoever started it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from warehouse.landing import Attempt

if TYPE_CHECKING:  # both are long to import, and the UI only shows the definitions
    from orchestration.normalise import NormaliseReport
    from warehouse.build import BuildReport


def _ignore(_step: str, _done: int, _total: int) -> None:
    """Tell nobody how far a run is."""


@dataclass(slots=True, kw_only=True)
class RunRecord:
    """Attempts, counts and checks of one run; `on_progress` hears of each step."""

    attempts: list[Attempt] = field(default_factory=list)
    normalised: "NormaliseReport | None" = None
    built: "BuildReport | None" = None
    on_progress: Callable[[str, int, int], None] = _ignore
