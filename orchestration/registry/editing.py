"""Edits of a registry file that keep every comment, blank line and order of the user.

Only lines of the feed in question are touched, and what would not load again is never written.
"""

from collections.abc import Iterable, Mapping
from dataclasses import fields
from pathlib import Path

import tomlkit

from orchestration.registry.entries import FeedEntry, Registry, RegistryError
from orchestration.registry.reading import (
    FEED_HEADER,
    PACKAGED_REGISTRY,
    load_registry,
    parse_registry,
)
from warehouse.files import replace_file

FeedValue = str | bool | tuple[str, ...]

FeedChange = Mapping[str, FeedValue | None]
"""New values by key; None takes the key out of the file."""

_DEFAULTS = {field.name: field.default for field in fields(FeedEntry)}


def create_registry(path: Path) -> Registry:
    """Write a copy of the packaged list for the user to edit; raises when the file exists."""
    if path.exists():
        raise RegistryError(f"{path}: exists already. Remove it first, or edit it as it is.")
    replace_file(path, PACKAGED_REGISTRY.read_bytes())
    return load_registry(path)


def add_feeds(path: Path, entries: Iterable[FeedEntry]) -> Registry:
    """Append feeds to a registry file, made when missing; return what it now holds.

    All or none: RegistryError (a taken id or url, a bad value) leaves the file as it was.
    """
    text = _read(path) if path.exists() else ""
    if text and not text.endswith("\n"):
        text += "\n"
    blocks = [f"[[feed]]\n{_to_lines(_values(entry))}" for entry in entries]
    return _write(path, "\n".join([text, *blocks] if text else blocks))


def change_feed(path: Path, feed_id: str, changes: FeedChange) -> Registry:
    """Set or take out keys of one feed; return what the file now holds."""
    text = _read(path)
    begin, end = _block(path, text, feed_id)
    lines = text.splitlines(keepends=True)
    before, block, after = lines[:begin], "".join(lines[begin:end]), lines[end:]
    document = tomlkit.parse(block)
    for table in document["feed"]:
        for key in [key for key, value in changes.items() if value is None]:
            table.pop(key, None)
        held = {key: value for key, value in changes.items() if value is not None}
        for key in [key for key in held if key in table]:
            table[key] = _plain(held.pop(key))
    block = tomlkit.dumps(document)
    return _write(path, "".join([*before, _ended(block), _to_lines(held), *after]))


def remove_feed(path: Path, feed_id: str) -> Registry:
    """Take one feed out of a registry file; what was landed and read of it stays.

    Comments above it and after it stay too: only the writer knows whom they speak of.
    """
    text = _read(path)
    begin, end = _block(path, text, feed_id)
    lines = text.splitlines(keepends=True)
    if end < len(lines) and not lines[end].strip():
        end += 1
    elif end == len(lines) and begin and not lines[begin - 1].strip():
        begin -= 1
    return _write(path, "".join([*lines[:begin], *lines[end:]]))


def _block(path: Path, text: str, feed_id: str) -> tuple[int, int]:
    """Return the lines (from 0, end exclusive) from a feed's `[[feed]]` to its last value."""
    registry = parse_registry(text, path)
    feed = registry.feed(feed_id)
    if feed is None:
        known = ", ".join(sorted(each.id for each in registry.feeds)) or "none"
        raise RegistryError(f"{path}: no feed {feed_id!r}. Feeds there are: {known}.")
    lines = text.splitlines()
    headers = [number for number, line in enumerate(lines) if FEED_HEADER.match(line)]
    if len(headers) != len(registry.feeds):
        raise RegistryError(
            f"{path}: the feeds are not each written under a [[feed]] line of their own;"
            f" edit {feed_id!r} there by hand."
        )
    begin = headers[registry.feeds.index(feed)]
    end = next((header for header in headers if header > begin), len(lines))
    while not lines[end - 1].strip() or lines[end - 1].lstrip().startswith("#"):
        end -= 1
    return begin, end


def _values(entry: FeedEntry) -> dict[str, FeedValue]:
    values = {name: getattr(entry, name) for name in _DEFAULTS}
    return {name: value for name, value in values.items() if value != _DEFAULTS[name]}


def _to_lines(values: Mapping[str, FeedValue]) -> str:
    return tomlkit.dumps({key: _plain(value) for key, value in values.items()})


def _plain(value: FeedValue) -> str | bool | list[str]:
    return list(value) if isinstance(value, tuple) else value


def _ended(text: str) -> str:
    return text if text.endswith("\n") else f"{text}\n"


def _read(path: Path) -> str:
    load_registry(path)  # a file that does not load is not edited, and the error says why
    return path.read_bytes().decode("utf-8-sig")


def _write(path: Path, text: str) -> Registry:
    registry = parse_registry(text, path)
    replace_file(path.resolve(), text.encode("utf-8"))
    return registry
