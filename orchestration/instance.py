"""The Dagster instance of a data directory: runs, events and schedules under data/dagster."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import dagster as dg

from orchestration.dagster_home import prepare_home
from orchestration.run_history import quicken_history, release_history


@contextmanager
def open_instance(home: Path) -> Iterator[dg.DagsterInstance]:
    """Yield the instance whose runs are kept in a home."""
    try:
        with dg.DagsterInstance.from_config(str(prepare_home(home))) as instance:
            quicken_history()
            yield instance
    finally:
        release_history()
