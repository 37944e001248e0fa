"""The Dagster instance of a data directory: runs, events and schedules under data/dagster."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import dagster as dg

from orchestration.run_history import quicken_history, release_history

_SETTINGS = Path(__file__).with_name("dagster.yaml")


def prepare_home(home: Path) -> Path:
    """Make a Dagster home with our settings; settings that a user changed there are kept."""
    home.mkdir(parents=True, exist_ok=True)
    settings = home / "dagster.yaml"
    if not settings.exists():
        shutil.copyfile(_SETTINGS, settings)
    return home


@contextmanager
def open_instance(home: Path) -> Iterator[dg.DagsterInstance]:
    """Yield the instance whose runs are kept in a home."""
    quicken_history()
    try:
        with dg.DagsterInstance.from_config(str(prepare_home(home))) as instance:
            yield instance
    finally:
        release_history()
