"""The Dagster home of a data directory, made without Dagster: `feedhouse dev` only starts it."""

import shutil
from pathlib import Path

_SETTINGS = Path(__file__).with_name("dagster.yaml")


def prepare_home(home: Path) -> Path:
    """Make a Dagster home with our settings; settings that a user changed there are kept."""
    home.mkdir(parents=True, exist_ok=True)
    settings = home / "dagster.yaml"
    if not settings.exists():
        shutil.copyfile(_SETTINGS, settings)
    return home
