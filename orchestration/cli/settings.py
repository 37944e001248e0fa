"""What every command needs first: the places, the registry, known feed ids."""

import difflib
import os
from collections.abc import Sequence

from orchestration.cli.failures import CommandError
from orchestration.places import Places, places_from
from orchestration.registry import Registry, load_registry


def current_places() -> Places:
    """Return the places the environment names."""
    return places_from(os.environ)


def current_registry(places: Places) -> Registry:
    """Return the feeds; RegistryError tells file, line and key of what is wrong."""
    return load_registry(places.feeds)


def check_feed_ids(registry: Registry, feed_ids: Sequence[str]) -> None:
    """Raise CommandError for an id that the registry does not list."""
    known = [feed.id for feed in registry.feeds]
    for feed_id in feed_ids:
        if feed_id not in known:
            near = difflib.get_close_matches(feed_id, known, n=1)
            raise CommandError(
                f"unknown feed id {feed_id!r} in {registry.path};"
                + (f" did you mean {near[0]!r}?" if near else "")
                + " List them with: feedhouse feeds list; add one with: feedhouse feeds add URL"
            )


def opened_warehouse(places: Places):  # type: ignore[no-untyped-def] # noqa: ANN201 duckdb loads late
    """Return a read-only connection to the warehouse; says what to run when there is none."""
    from warehouse import connect

    if not places.warehouse.exists():
        raise CommandError(
            f"there is no warehouse at {places.warehouse} yet; make it with: feedhouse run"
        )
    return connect(places.data)
