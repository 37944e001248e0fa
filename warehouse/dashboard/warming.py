"""Pages that a visitor may turn to next: their questions are asked while this one is read."""

import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from threading import Lock, Thread

import duckdb

from warehouse.dashboard.shelf import ShelfError
from warehouse.dashboard.view import View

Prepare = Callable[[View], None]

_WAIT_SECONDS = 0.5
"""Until then the visitor's browser draws, often on the same machine."""
_one_at_a_time = Lock()


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
        with _one_at_a_time, suppress(duckdb.Error, ShelfError):
            prepare(view)
