"""Where things stand: the data directory and the registry, as plain paths."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from orchestration.registry import PACKAGED_REGISTRY

DATA_VARIABLE = "FEEDHOUSE_DATA"
FEEDS_VARIABLE = "FEEDHOUSE_FEEDS"
DEFAULT_DATA = "data"
OWN_REGISTRY = "feeds.toml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """The data directory with its rooms, and the file that lists the feeds."""

    data: Path
    feeds: Path

    @property
    def own_feeds(self) -> Path:
        """The registry that edits go to: never the one of the package."""
        return self.data / OWN_REGISTRY if self.feeds == PACKAGED_REGISTRY else self.feeds

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
    def reports(self) -> Path:
        """Reports made from the marts: pages to mail or to publish."""
        return self.data / "reports"

    @property
    def dagster_home(self) -> Path:
        """Dagster's runs and events."""
        return self.data / "dagster"


def places_from(environment: Mapping[str, str]) -> Places:
    """Return the places that FEEDHOUSE_DATA and FEEDHOUSE_FEEDS name, or the defaults.

    Without FEEDHOUSE_FEEDS the data directory's own feeds.toml counts, which `feeds add` makes,
    and before there is one the list of the package.
    """
    data = Path(environment.get(DATA_VARIABLE) or DEFAULT_DATA).absolute()
    named = environment.get(FEEDS_VARIABLE)
    own = Path(named) if named else data / OWN_REGISTRY
    return Places(data=data, feeds=own if named or own.exists() else PACKAGED_REGISTRY)
