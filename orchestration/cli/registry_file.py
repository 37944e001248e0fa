"""The registry that commands edit: the user's own, begun with the list of the package."""

from pathlib import Path

from orchestration.cli.output import say
from orchestration.places import Places
from orchestration.registry import PACKAGED_REGISTRY, Registry, load_registry
from orchestration.registry.editing import create_registry


def readable_registry(places: Places) -> Registry:
    """Return the registry; an empty one when the file that was named is still to be made."""
    if places.feeds != PACKAGED_REGISTRY and not places.feeds.exists():
        return Registry(path=places.feeds, feeds=())
    return load_registry(places.feeds)


def editable_registry(places: Places) -> Path:
    """Return the file to edit: never the one of the package.

    Without FEEDHOUSE_FEEDS it is feeds.toml in the data directory, made from the packaged list
    when there is none; a file that was named there is made by what adds to it.
    """
    path = places.own_feeds
    if places.feeds == PACKAGED_REGISTRY and not path.exists():
        create_registry(path)
        say(f"{path} is now your own list of feeds, begun with the packaged one.")
    return path
