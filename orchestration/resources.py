"""Dagster resources: configuration around plain objects, settable in the launchpad."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime

import dagster as dg
import duckdb
from pydantic import Field

from orchestration.fetch.settings import (
    CONTACT_VARIABLE,
    PROJECT_URL_VARIABLE,
    FetchSettings,
    settings_from,
)
from orchestration.places import DATA_VARIABLE, FEEDS_VARIABLE, Places, places_from
from orchestration.registry import Registry, load_registry
from warehouse import connect
from warehouse.lock import WriterBusyError, writer_lock

_DEFAULTS = FetchSettings()

BUSY_RETRIES = 6
FIRST_BUSY_WAIT_SECONDS = 5
"""Doubled at each retry: five minutes in all, longer than any run but a first import."""


class House(dg.ConfigurableResource["House"]):
    """The data directory, the registry in it and the warehouse on top."""

    data_directory: str = Field(
        default="", description="Data directory; empty means FEEDHOUSE_DATA, else ./data."
    )
    feeds_file: str = Field(
        default="", description="Registry of feeds; empty means FEEDHOUSE_FEEDS, else feeds.toml."
    )
    busy_retries: int = Field(
        default=BUSY_RETRIES,
        description="How often a step waits for another writer before it fails; 0 fails at once.",
    )

    @property
    def places(self) -> Places:
        """The paths, from the settings first, then FEEDHOUSE_DATA and FEEDHOUSE_FEEDS."""
        own = {DATA_VARIABLE: self.data_directory, FEEDS_VARIABLE: self.feeds_file}
        return places_from({**os.environ, **{name: text for name, text in own.items() if text}})

    def registry(self) -> Registry:
        """Return the feeds; raises RegistryError with file, line, key and cure."""
        return load_registry(self.places.feeds)

    def warehouse(self) -> duckdb.DuckDBPyConnection:
        """Return a read-only connection; raises WarehouseMissingError before the first load."""
        return connect(self.places.data)

    @contextmanager
    def writing(self, purpose: str, retry_number: int) -> Iterator[None]:
        """Hold the data directory for writing while the block runs.

        Another writer is the one failure that time cures, so only it is tried again: the step
        shows who holds the directory, waits, and fails with the same words in the end.
        """
        try:
            with writer_lock(self.places.data, purpose):
                yield
        except WriterBusyError as busy:
            if retry_number >= self.busy_retries:
                raise
            raise dg.RetryRequested(
                max_retries=self.busy_retries,
                seconds_to_wait=FIRST_BUSY_WAIT_SECONDS * 2**retry_number,
            ) from busy


class HttpSettings(dg.ConfigurableResource["HttpSettings"]):
    """Manners of fetching that a deployment may want to change."""

    contact: str = Field(
        default="",
        description="Mail or web address told to every host; empty means FEEDHOUSE_CONTACT.",
    )
    project_url: str = Field(
        default="",
        description="Where hosts can read about this copy; empty means FEEDHOUSE_PROJECT_URL.",
    )
    host_spacing_seconds: float = Field(
        default=_DEFAULTS.host_spacing_seconds,
        description="From one request to the next to the same host.",
    )
    host_concurrency: int = Field(
        default=_DEFAULTS.host_concurrency, description="Requests to a host at the same time."
    )
    total_seconds: float = Field(
        default=_DEFAULTS.total_seconds, description="Longest attempt over all its redirects."
    )

    def settings(self) -> FetchSettings:
        """Return the settings of the fetcher."""
        own = {CONTACT_VARIABLE: self.contact, PROJECT_URL_VARIABLE: self.project_url}
        named = {**os.environ, **{name: text for name, text in own.items() if text}}
        return replace(
            settings_from(named),
            host_spacing_seconds=self.host_spacing_seconds,
            host_concurrency=self.host_concurrency,
            total_seconds=self.total_seconds,
        )


class Clock(dg.ConfigurableResource["Clock"]):
    """The time of a run."""

    moment: str = Field(
        default="", description="A moment (ISO 8601) to replay the past; empty means now."
    )

    def now(self) -> datetime:
        """Return the current or the set time in UTC."""
        if self.moment:
            return datetime.fromisoformat(self.moment).astimezone(UTC)
        return datetime.now(UTC)


def default_resources() -> dict[str, object]:
    """Return the resources of a deployment."""
    return {
        "house": House(),
        "http": HttpSettings(),
        "clock": Clock(),
    }
