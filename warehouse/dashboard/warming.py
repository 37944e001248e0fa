"""Pages that a visitor may turn to next: their questions are asked while this one is read."""

import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from threading import Condition, Lock, Thread

import duckdb

from warehouse.dashboard.shelf import ShelfError
from warehouse.dashboard.view import View

Prepare = Callable[[View], None]

_WAIT_SECONDS = 0.5
"""Until then the visitor's browser draws, often on the same machine."""
_one_at_a_time = Lock()


class _Visits:
    """How many pages are being drawn just now: nothing is prepared in their way."""

    def __init__(self) -> None:
        self._count = 0
        self._changed = Condition()

    def change(self, by: int) -> None:
        with self._changed:
            self._count += by
            self._changed.notify_all()

    def wait_for_none(self) -> None:
        with self._changed:
            self._changed.wait_for(lambda: self._count == 0)


_visits = _Visits()


@contextmanager
def drawing() -> Iterator[None]:
    """Hold back what is prepared in the background while a page is drawn."""
    _visits.change(1)
    try:
        yield
    finally:
        _visits.change(-1)


def warm(view: View, pages: Iterable[Prepare]) -> None:
    """Ask in the background what pages open with, once for a state of the tables and a choice.

    What cannot be answered is told by the page itself when it is opened.
    """
    if view.shelf.answers.is_first(view.selection):
        prepares = tuple(pages)
        Thread(target=_ask, args=(view, prepares), name="warming", daemon=True).start()


def _ask(view: View, prepares: Iterable[Prepare]) -> None:
    time.sleep(_WAIT_SECONDS)
    for prepare in prepares:
        _visits.wait_for_none()
        with _one_at_a_time, suppress(duckdb.Error, ShelfError):
            prepare(view)
