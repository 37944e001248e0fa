"""Dagster resources: configuration around plain objects, settable in the launchpad."""

import os
from dataclasses import replace
from datetime import UTC, datetime

import dagster as dg

from orchestration.fetch.settings import (
    CONTACT_VARIABLE,
    PROJECT_URL_VARIABLE,
    FetchSettings,
    settings_from,
)
from orchestration.places import DATA_VARIABLE, FEEDS_VARIABLE, Places, places_from
from orchestration.registry import Registry, load_registry

_DEFAULTS = FetchSettings()


class House(dg.ConfigurableResource["House"]):
    """The data directory and the file that lists the feeds; empty means the environment's."""

    data_directory: str = ""
    feeds_file: str = ""

    @property
    def places(self) -> Places:
        """The paths, from the settings first, then FEEDHOUSE_DATA and FEEDHOUSE_FEEDS."""
        own = {DATA_VARIABLE: self.data_directory, FEEDS_VARIABLE: self.feeds_file}
        return places_from({**os.environ, **{name: text for name, text in own.items() if text}})

    def registry(self) -> Registry:
        """Return the feeds; raises RegistryError with file, line, key and cure."""
        return load_registry(self.places.feeds)


class HttpSettings(dg.ConfigurableResource["HttpSettings"]):
    """Manners of fetching that a deployment may want to change."""

    contact: str = ""
    """Mail or web address told to every host; empty means FEEDHOUSE_CONTACT."""
    project_url: str = ""
    """Where hosts can read about this copy; empty means FEEDHOUSE_PROJECT_URL."""
    host_spacing_seconds: float = _DEFAULTS.host_spacing_seconds
    host_concurrency: int = _DEFAULTS.host_concurrency
    total_seconds: float = _DEFAULTS.total_seconds

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
    """The time of a run: now, unless a moment is set (ISO 8601) to replay the past."""

    moment: str = ""

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
