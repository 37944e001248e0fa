"""Answers that were asked for once: kept, bounded in number, shared by all visitors."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import Future
from threading import Lock

import pandas as pd

_MOST = 400
"""Answers that are kept; those asked for longest ago go first."""


class Answers:
    """Frames by what was asked, each computed once however many ask for it at the same time."""

    def __init__(self, most: int = _MOST) -> None:
        """Begin without any."""
        self._most = most
        self._lock = Lock()
        self._held: OrderedDict[Hashable, Future[pd.DataFrame]] = OrderedDict()
        self._prepared: OrderedDict[Hashable, None] = OrderedDict()

    def __len__(self) -> int:
        return len(self._held)

    def is_first(self, choice: Hashable) -> bool:
        """Tell whether a visitor's choice is seen for the first time, as far as is remembered."""
        with self._lock:
            if choice in self._prepared:
                return False
            self._prepared[choice] = None
            if len(self._prepared) > self._most:
                self._prepared.popitem(last=False)
            return True

    def get(self, asked: Hashable, compute: Callable[[], pd.DataFrame]) -> pd.DataFrame:
        """Return the answer to what was asked, a frame of the caller's own.

        Raises what `compute` raises; a failure is not kept.
        """
        with self._lock:
            future = self._held.get(asked)
            is_mine = future is None
            if future is None:
                future = self._held[asked] = Future()
                if len(self._held) > self._most:
                    self._held.popitem(last=False)
            else:
                self._held.move_to_end(asked)
        if is_mine:
            self._compute(asked, future, compute)
        return future.result().copy(deep=False)

    def _compute(
        self, asked: Hashable, future: "Future[pd.DataFrame]", compute: Callable[[], pd.DataFrame]
    ) -> None:
        try:
            future.set_result(compute())
        except BaseException as error:
            with self._lock:
                self._held.pop(asked, None)
            future.set_exception(error)
            raise
