"""From `feeds.toml` to a registry, or to an error that says which line to change and how."""

import difflib
import re
import tomllib
import zoneinfo
from collections.abc import Mapping
from dataclasses import fields
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from orchestration.registry.entries import (
    MAX_ID_LENGTH,
    SLUG,
    FeedEntry,
    Registry,
    RegistryError,
    url_key,
)

PACKAGED_REGISTRY = Path(__file__).parent.parent / "feeds.toml"
"""The feeds Feedhouse ships with, used until the user names a file of their own."""

_KEYS = tuple(field.name for field in fields(FeedEntry))
_FLAGS = frozenset({"allow_pages", "allow_private", "is_active"})
FEED_HEADER = re.compile(r"\s*\[\[\s*[\"']?feed[\"']?\s*\]\]")
_TOML_LINE = re.compile(r"\s*\(at (?:line (\d+), column \d+|end of document)\)$")


def load_registry(path: Path = PACKAGED_REGISTRY) -> Registry:
    """Return the registry of a file; raises RegistryError naming file, line, key and cure."""
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        raise RegistryError(
            f"{path}: no such file. Create it (each feed is a [[feed]] table with id and url),"
            " or correct FEEDHOUSE_FEEDS; without that variable the packaged list is used."
        ) from None
    except OSError as error:
        raise RegistryError(
            f"{path}: cannot be read ({error.strerror}). Check the path and its permissions."
        ) from None
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise RegistryError(f"{path}, line {line}: not UTF-8. Save the file as UTF-8.") from None
    return parse_registry(text, path)


def parse_registry(text: str, path: Path) -> Registry:
    """Return the registry a text describes; `path` only names it in errors."""
    source = _Source(text, path)
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _syntax_error(error, source) from None
    for key in document:
        if key != "feed":
            raise source.error(
                None, key, f"unknown key {key!r}. Each feed stands under its own [[feed]] line."
            )
    tables = document.get("feed", [])
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        raise source.error(None, "feed", "must be a list of tables. Write [[feed]], not [feed].")
    feeds = tuple(_entry(table, number, source) for number, table in enumerate(tables))
    _check_unique(feeds, source)
    return Registry(path=path, feeds=feeds)


class _Source:
    """The text of a registry, to find again the line an error speaks of.

    tomllib gives values without lines; a scan for the n-th `[[feed]]` and the key below it
    finds them in every file a person would write.
    """

    def __init__(self, text: str, path: Path) -> None:
        self.path = path
        self.lines = text.splitlines()
        self.headers = [n for n, line in enumerate(self.lines, start=1) if FEED_HEADER.match(line)]

    def line_of(self, number: int | None, key: str) -> int | None:
        """Return the line of a key in the feed of that number (from 0; None: outside of feeds)."""
        begin, end = 0, len(self.lines)
        if number is not None:
            if number >= len(self.headers):
                return None
            begin = self.headers[number]
            end = next(iter(self.headers[number + 1 :]), end + 1) - 1
        name = re.escape(key)
        pattern = re.compile(rf"\s*\[*\s*[\"']?{name}[\"']?\s*[=.\]]")
        for line in range(begin, end):
            if pattern.match(self.lines[line]):
                return line + 1
        return begin or None

    def error(self, number: int | None, key: str, message: str) -> RegistryError:
        line = self.line_of(number, key)
        where = f"{self.path}, line {line}" if line else f"{self.path}"
        return RegistryError(f"{where}: key {key!r}: {message}")


def _syntax_error(error: tomllib.TOMLDecodeError, source: _Source) -> RegistryError:
    message = str(error)
    match = _TOML_LINE.search(message)
    line = int(match[1]) if match and match[1] else len(source.lines)
    held = source.lines[line - 1] if 0 < line <= len(source.lines) else ""
    key = held.split("=")[0].strip() if "=" in held else ""
    named = f": key {key!r}" if key else ""
    plain = _TOML_LINE.sub("", message)
    return RegistryError(
        f"{source.path}, line {line}{named}: not TOML ({plain}). Text stands in double quotes"
        ' and lists in brackets: tags = ["newsletter"].'
    )


def _entry(table: Mapping[str, Any], number: int, source: _Source) -> FeedEntry:
    for key, value in table.items():
        if key not in _KEYS:
            raise source.error(number, key, f"unknown key. {_hint(key, _KEYS)}")
        problem = _type_problem(key, value)
        if problem:
            raise source.error(number, key, problem)
    if "id" not in table:
        raise source.error(number, "id", 'missing. Give the feed a slug: id = "my-feed".')
    values: dict[str, Any] = dict(table)
    if "tags" in values:
        values["tags"] = tuple(values["tags"])
    entry = FeedEntry(**values)
    for key, problem in value_problems(entry):
        raise source.error(number, key, problem)
    return entry


def _type_problem(key: str, value: object) -> str | None:
    if key in _FLAGS:
        return None if isinstance(value, bool) else "must be true or false, without quotes."
    if key == "tags":
        is_list = isinstance(value, list) and all(isinstance(tag, str) for tag in value)
        return None if is_list else 'must be a list of texts, as in tags = ["newsletter"].'
    if not isinstance(value, str):
        return "must be a text in quotes."
    return None if value.strip() else f"is empty. Give it a value or remove the {key} line."


def value_problems(entry: FeedEntry) -> list[tuple[str, str]]:
    """Return (key, what is wrong and how to cure it) for the values of an entry."""
    problems = []
    if not SLUG.fullmatch(entry.id) or len(entry.id) > MAX_ID_LENGTH:
        cure = f"Use up to {MAX_ID_LENGTH} lower-case letters and digits, joined by '-'."
        problems.append(("id", f"{entry.id!r} is not a slug. {cure}"))
    if entry.profile is not None and not SLUG.fullmatch(entry.profile):
        problems.append(("profile", f"{entry.profile!r} is not the name of a profile (a slug)."))
    if entry.url is not None and (problem := url_problem(entry.url)):
        problems.append(("url", problem))
    if entry.timezone not in _timezones():
        hint = _hint(entry.timezone, _timezones(), "Use an IANA name such as Europe/Paris.")
        problems.append(("timezone", f"{entry.timezone!r} is not a time zone. {hint}"))
    agent = entry.user_agent or ""
    if not (agent.isascii() and agent.isprintable()):
        problem = "must be plain ASCII on one line, for it is sent as a header."
        problems.append(("user_agent", problem))
    return problems


def url_problem(url: str) -> str | None:
    """Return why an address cannot be fetched, with the cure; None when it can."""
    if any(character.isspace() or ord(character) < 32 for character in url):
        return f"{url!r} holds a blank or control character. Write it percent-encoded (%20)."
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError as error:
        return f"{url!r} is not an address ({error}). Copy it again from the browser."
    if parts.scheme not in {"http", "https"}:
        return f"{url!r} does not begin with http:// or https://; only those are fetched."
    return None if host else f"{url!r} names no host. Copy it again from the browser."


def _check_unique(feeds: tuple[FeedEntry, ...], source: _Source) -> None:
    ids: dict[str, int] = {}
    urls: dict[str, int] = {}
    for number, feed in enumerate(feeds):
        if feed.id in ids:
            first = source.line_of(ids[feed.id], "id")
            raise source.error(
                number, "id", f"{feed.id!r} is taken by the feed of line {first}. Rename one."
            )
        ids[feed.id] = number
        if feed.url is None:
            continue
        key = url_key(feed.url)
        if key in urls:
            other = feeds[urls[key]]
            raise source.error(
                number, "url", f"{feed.url!r} is already followed as {other.id!r}. Remove one."
            )
        urls[key] = number


@cache
def _timezones() -> frozenset[str]:
    return frozenset(zoneinfo.available_timezones())


def _hint(found: str, known: tuple[str, ...] | frozenset[str], otherwise: str = "") -> str:
    by_lower = {each.lower(): each for each in sorted(known)}
    near = difflib.get_close_matches(found.lower(), by_lower, n=1, cutoff=0.6)
    if near:
        return f"Did you mean {by_lower[near[0]]!r}?"
    return otherwise or f"Known keys are {', '.join(known)}."
