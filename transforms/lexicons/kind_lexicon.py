"""Words that tell the kind of an article, as data."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class KindLexicon:
    """Phrases in small letters by what they speak for; `titles` are searched in titles, `texts` in the opening."""

    version: str
    titles: Mapping[str, tuple[str, ...]]
    texts: Mapping[str, tuple[str, ...]]


def parse_kinds(data: Mapping[str, Any]) -> KindLexicon:
    """Return the phrases of a parsed kinds.toml."""
    return KindLexicon(
        version=str(data["version"]),
        titles={kind: tuple(phrases) for kind, phrases in data["titles"].items()},
        texts={kind: tuple(phrases) for kind, phrases in data["texts"].items()},
    )
