"""Words that tell the kind of an article, as data."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class KindLexicon:
    """Phrases in small letters by what they speak for, those of titles and those of texts."""

    version: str
    titles: Mapping[str, tuple[str, ...]]
    texts: Mapping[str, tuple[str, ...]]
    not_speakers: frozenset[str]  # words before a colon that are no speaker of an interview


def parse_kinds(data: Mapping[str, Any]) -> KindLexicon:
    """Return the phrases of a parsed kinds.toml."""
    return KindLexicon(
        version=str(data["version"]),
        titles={kind: tuple(phrases) for kind, phrases in data["titles"].items()},
        texts={kind: tuple(phrases) for kind, phrases in data["texts"].items()},
        not_speakers=frozenset(data["not_speakers"]),
    )
