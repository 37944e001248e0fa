"""What `feedhouse doctor` looks at: versions, places, registry, lock, warehouse."""

import platform
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import version

from orchestration.places import Places
from orchestration.registry import RegistryError, load_registry


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that was looked at."""

    what: str
    is_good: bool
    detail: str


def check_up(places: Places) -> list[Finding]:
    """Return what was found, good or not; nothing is changed."""
    return list(_findings(places))


def _findings(places: Places) -> Iterator[Finding]:
    stack = ", ".join(f"{name} {version(name)}" for name in ("duckdb", "dagster", "pyarrow"))
    detail = f"Python {platform.python_version()}, {stack}"
    yield Finding(what="versions", is_good=True, detail=detail)
    yield _registry(places)
    yield _data_directory(places)
    yield _warehouse(places)


def _registry(places: Places) -> Finding:
    try:
        count = len(load_registry(places.feeds).feeds)
    except (RegistryError, OSError) as error:
        return Finding(what="registry", is_good=False, detail=str(error))
    return Finding(what="registry", is_good=True, detail=f"{count} feeds in {places.feeds}")


def _data_directory(places: Places) -> Finding:
    folder = places.data if places.data.exists() else places.data.parent
    try:
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        detail = f"{folder} cannot be written ({error.strerror}); set FEEDHOUSE_DATA"
        return Finding(what="data directory", is_good=False, detail=detail)
    return Finding(what="data directory", is_good=True, detail=str(places.data))


def _warehouse(places: Places) -> Finding:
    from warehouse import connect

    if not places.warehouse.exists():
        return Finding(what="warehouse", is_good=True, detail="not made yet: feedhouse run")
    try:
        with connect(places.data) as connection:
            row = connection.execute("select count(*) from core.articles").fetchall()[0]
    except Exception as error:  # noqa: BLE001 whatever is wrong with the file is the finding
        detail = (
            f"{places.warehouse} does not open ({error}); make it again: feedhouse run --offline"
        )
        return Finding(what="warehouse", is_good=False, detail=detail)
    return Finding(
        what="warehouse", is_good=True, detail=f"{row[0]} articles in {places.warehouse}"
    )
