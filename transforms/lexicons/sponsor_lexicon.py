"""Markers, sponsor names, furniture and publisher profiles, as read from their TOML files."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Label:
    """A way in which publications mark paid content."""

    id: str
    pattern: re.Pattern[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkerLexicon:
    """Patterns of paid labels, own offers, references and paywall notices."""

    version: str
    labels: tuple[Label, ...]
    house: tuple[re.Pattern[str], ...]
    house_slug: re.Pattern[str]
    references: tuple[re.Pattern[str], ...]
    paywall: tuple[re.Pattern[str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SponsorName:
    """A company as sponsor links and events call it."""

    name: str
    slugs: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    events: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SponsorLexicon:
    """Names of sponsors by what is written instead of them."""

    version: str
    by_key: Mapping[str, SponsorName]
    by_domain: Mapping[str, SponsorName]


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """What only one publisher does; the default profile knows nothing."""

    id: str = "generic"
    publisher: str | None = None
    redirector_hosts: frozenset[str] = frozenset()
    own_hosts: frozenset[str] = frozenset()
    house_slug: re.Pattern[str] | None = None
    options: Mapping[str, Any] = field(default_factory=dict)


def name_key(name: str) -> str:
    """Return a name as slugs write it: lower-case letters and digits only."""
    return "".join(letter for letter in name.casefold() if letter.isalnum())


def parse_markers(data: Mapping[str, Any]) -> MarkerLexicon:
    """Return the marker lexicon of a parsed markers.toml; raises re.error for a bad pattern."""
    return MarkerLexicon(
        version=data["version"],
        labels=tuple(Label(row["id"], _compiled(row["pattern"])) for row in data["label"]),
        house=_patterns(data["house"]["patterns"]),
        house_slug=_any_of(data["house"]["slugs"]),
        references=_patterns(data["references"]["patterns"]),
        paywall=_patterns(data["paywall"]["patterns"]),
    )


def parse_sponsors(data: Mapping[str, Any]) -> SponsorLexicon:
    """Return the sponsor lexicon of a parsed sponsors.toml."""
    names = [SponsorName(**{k: _frozen(v) for k, v in row.items()}) for row in data["sponsor"]]
    return SponsorLexicon(
        version=data["version"],
        by_key={name_key(key): s for s in names for key in (s.name, *s.slugs, *s.events)},
        by_domain={domain: s for s in names for domain in s.domains},
    )


def parse_profile(profile_id: str, data: Mapping[str, Any]) -> Profile:
    """Return a publisher profile of a parsed profiles/ID.toml; unknown keys stay in `options`."""
    known = {"publisher", "redirector_hosts", "own_hosts", "house_slugs"}
    return Profile(
        id=profile_id,
        publisher=data.get("publisher"),
        redirector_hosts=frozenset(data.get("redirector_hosts", ())),
        own_hosts=frozenset(data.get("own_hosts", ())),
        house_slug=_any_of(data["house_slugs"]) if data.get("house_slugs") else None,
        options={key: value for key, value in data.items() if key not in known},
    )


def _frozen(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


def _patterns(patterns: list[str]) -> tuple[re.Pattern[str], ...]:
    return tuple(_compiled(pattern) for pattern in patterns)


def _any_of(patterns: list[str]) -> re.Pattern[str]:
    return _compiled("|".join(f"(?:{pattern})" for pattern in patterns))
