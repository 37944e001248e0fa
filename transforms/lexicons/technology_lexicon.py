"""Technologies as data: names and aliases, grouped by kind."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from transforms.terms import Term

# How sure a name is by itself: "word" is a common word with a capital (Spark, Swift), "letter"
# hardly a name (Go, R, C).
CONTEXTS = ("", "word", "letter")


@dataclass(frozen=True, slots=True, kw_only=True)
class TechnologyEntry:
    """A technology; its names that are common words count in technical contexts only."""

    technology_id: str
    technology_name: str
    aliases: tuple[str, ...]
    ambiguous: tuple[str, ...]
    category: str
    context: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TechnologyLexicon:
    """Technologies by id."""

    version: str
    technologies: Mapping[str, TechnologyEntry]
    names: frozenset[str]  # every name and alias in small letters

    def terms(self) -> Iterator[Term]:
        """Yield the names of all technologies; a term's role is the context it needs."""
        for entry in self.technologies.values():
            yield _term(entry, entry.technology_name, entry.context)
            yield from (_term(entry, alias, "") for alias in entry.aliases)
            yield from (_term(entry, name, "word") for name in entry.ambiguous)


def parse_technologies(data: Mapping[str, Any]) -> TechnologyLexicon:
    """Return the technologies of technologies.toml; ValueError names an unknown context."""
    entries = {
        technology_id: _read_technology(technology_id, category, fields)
        for category, group in data["technologies"].items()
        for technology_id, fields in group.items()
    }
    names = frozenset(
        name.lower()
        for entry in entries.values()
        for name in (entry.technology_name, *entry.aliases, *entry.ambiguous)
    )
    return TechnologyLexicon(version=str(data["version"]), technologies=entries, names=names)


def _read_technology(
    technology_id: str, category: str, fields: Mapping[str, Any]
) -> TechnologyEntry:
    context = fields.get("context", "")
    if context not in CONTEXTS:
        message = f"technology {technology_id!r}: context {context!r} is none of {CONTEXTS}"
        raise ValueError(message)
    return TechnologyEntry(
        technology_id=technology_id,
        technology_name=fields["name"],
        aliases=tuple(fields.get("aliases", ())),
        ambiguous=tuple(fields.get("ambiguous", ())),
        category=category,
        context=context,
    )


def _term(entry: TechnologyEntry, phrase: str, role: str) -> Term:
    return Term(vocabulary="technologies", owner_id=entry.technology_id, phrase=phrase, role=role)
