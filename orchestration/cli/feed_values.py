"""Values of a feed as they are typed: `key=value`, checked before anything is written."""

import difflib
from collections.abc import Sequence
from dataclasses import fields, replace
from typing import Any

import typer

from orchestration.registry import FeedEntry, value_problems
from orchestration.registry.editing import FeedChange, FeedValue

_FLAGS = {"true": True, "yes": True, "false": False, "no": False}
_OPTIONS = {"id": "--id", "timezone": "--timezone", "profile": "--profile"}
_DEFAULTS = {field.name: field.default for field in fields(FeedEntry) if field.name != "id"}


def read_changes(held: FeedEntry, texts: Sequence[str]) -> FeedChange:
    """Return the changes that texts such as `timezone=Europe/Paris` ask for.

    Raises BadParameter, which is misuse (exit status 2), for what the registry would refuse.
    """
    changes = dict(_change(text) for text in texts)
    values: dict[str, Any] = {
        key: _DEFAULTS[key] if new is None else new for key, new in changes.items()
    }
    for key, problem in value_problems(replace(held, **values)):
        if key in changes:
            raise typer.BadParameter(f"{key}: {problem}")
    return changes


def refuse_bad_values(entry: FeedEntry) -> None:
    """Raise BadParameter for options that the registry would refuse."""
    for key, problem in value_problems(entry):
        raise typer.BadParameter(problem, param_hint=_OPTIONS.get(key, key))


def text_of(value: FeedValue | None) -> str:
    """Return a value as it would be typed; a missing one in words."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, tuple):
        return ",".join(value) or "(none)"
    return value or "(none)"


def _change(text: str) -> tuple[str, FeedValue | None]:
    key, equals, typed = (part.strip() for part in text.partition("="))
    if not equals:
        raise typer.BadParameter(f"{text!r} is not key=value, such as timezone=Europe/Paris")
    if key == "id":
        raise typer.BadParameter(
            "the id names the feed in every table and cannot be changed; add the feed again under"
            " another one, which makes it a new feed"
        )
    if key not in _DEFAULTS:
        near = difflib.get_close_matches(key, _DEFAULTS, n=1)
        hint = f"did you mean {near[0]!r}?" if near else f"known are {', '.join(_DEFAULTS)}"
        raise typer.BadParameter(f"unknown key {key!r}; {hint}")
    return key, _value(key, typed)


def _value(key: str, typed: str) -> FeedValue | None:
    if not typed:
        return None
    if isinstance(_DEFAULTS[key], bool):
        if typed.lower() not in _FLAGS:
            raise typer.BadParameter(f"{key} is true or false, not {typed!r}")
        return _FLAGS[typed.lower()]
    if key == "tags":
        return tuple(tag.strip() for tag in typed.split(",") if tag.strip())
    return typed
