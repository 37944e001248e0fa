"""Where things stand: the data directory and the registry, as plain paths."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from orchestration.registry import PACKAGED_REGISTRY

DATA_VARIABLE = "FEEDHOUSE_DATA"
FEEDS_VARIABLE = "FEEDHOUSE_FEEDS"
DEFAULT_DATA = "data"


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """The data directory with its rooms, and the file that lists the feeds."""

    data: Path
    feeds: Path

    @property
    def landing(self) -> Path:
        """Fetched bytes and the story of every attempt."""
        return self.data / "landing"

    @property
    def core(self) -> Path:
        """Parquet files of the core tables."""
        return self.data / "core"

    @property
    def marts(self) -> Path:
        """Parquet files of the marts."""
        return self.data / "marts"

    @property
    def warehouse(self) -> Path:
        """The DuckDB file."""
        return self.data / "feedhouse.duckdb"

    @property
    def dagster_home(self) -> Path:
        """Dagster's runs and events."""
        return self.data / "dagster"


def places_from(environment: Mapping[str, str]) -> Places:
    """Return the places that FEEDHOUSE_DATA and FEEDHOUSE_FEEDS name, or the defaults."""
    data = Path(environment.get(DATA_VARIABLE) or DEFAULT_DATA)
    feeds = environment.get(FEEDS_VARIABLE)
    return Places(data=data.absolute(), feeds=Path(feeds) if feeds else PACKAGED_REGISTRY)
