"""Rules as data: what topics, companies, technologies and kinds are called, one TOML file each.

Adding a topic, a company or an alias is a line of TOML; the next run tags anew with it.
"""

import hashlib
import json
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from transforms.lexicons.company_lexicon import CompanyLexicon, parse_companies
from transforms.lexicons.company_names import CompanyNames
from transforms.lexicons.furniture_lexicon import FurnitureLexicon, parse_furniture
from transforms.lexicons.kind_lexicon import KindLexicon, parse_kinds
from transforms.lexicons.sponsor_lexicon import (
    MarkerLexicon,
    Profile,
    SponsorLexicon,
    name_key,
    parse_markers,
    parse_profile,
    parse_sponsors,
)
from transforms.lexicons.technology_lexicon import TechnologyLexicon, parse_technologies
from transforms.lexicons.topic_lexicon import TopicLexicon, parse_topics
from transforms.terms import TermIndex, build_term_index

LEXICON_NAMES = ("topics", "companies", "technologies", "kinds", "markers", "sponsors", "furniture")


# Raised with every change of code that gives the same text other tags: articles are tagged anew.
TAGGING_VERSION = "2"
# Categories of technologies that no company is called by.
_CONCEPTUAL = frozenset({"languages", "techniques"})
TAGGING_LEXICONS = ("topics", "companies", "technologies", "kinds")


@dataclass(frozen=True, slots=True, kw_only=True)
class Lexicons:
    """All lexicons of one state of the rules, with the automaton compiled from them."""

    topics: TopicLexicon
    companies: CompanyLexicon
    technologies: TechnologyLexicon
    kinds: KindLexicon
    markers: MarkerLexicon
    sponsors: SponsorLexicon
    furniture: FurnitureLexicon
    company_names: CompanyNames
    version: str
    """Twelve digits of a digest of what kinds and tags depend on: another one, other tags."""
    term_index: TermIndex
    concepts: frozenset[str]
    """Languages, techniques and phrases of topics as keys: capitals make no company of them."""


def parse_lexicons(data: Mapping[str, Mapping[str, Any]]) -> Lexicons:
    """Return the lexicons of parsed TOML tables, one per name in LEXICON_NAMES."""
    topics = parse_topics(data["topics"])
    companies = parse_companies(data["companies"])
    technologies = parse_technologies(data["technologies"])
    return Lexicons(
        topics=topics,
        companies=companies,
        technologies=technologies,
        kinds=parse_kinds(data["kinds"]),
        markers=parse_markers(data["markers"]),
        sponsors=parse_sponsors(data["sponsors"]),
        furniture=parse_furniture(data["furniture"]),
        company_names=CompanyNames(companies),
        version=_digest(data),
        term_index=build_term_index([*topics.terms(), *companies.terms(), *technologies.terms()]),
        concepts=frozenset(map(name_key, _concepts(topics, technologies))),
    )


def _concepts(topics: TopicLexicon, technologies: TechnologyLexicon) -> Iterator[str]:
    for entry in technologies.technologies.values():
        if entry.category in _CONCEPTUAL:
            yield from (entry.technology_name, *entry.aliases, *entry.ambiguous)
    # One word in capitals may well be a product.
    yield from (term.phrase for term in topics.terms() if " " in term.phrase)


def _digest(data: Mapping[str, Mapping[str, Any]]) -> str:
    tables = [{"code": TAGGING_VERSION}, *(data[name] for name in TAGGING_LEXICONS)]
    return hashlib.sha256(json.dumps(tables, sort_keys=True).encode()).hexdigest()[:12]


def read_lexicon(name: str) -> dict[str, Any]:
    """Return the parsed table of one lexicon file of the package."""
    return tomllib.loads(files(__name__).joinpath(f"{name}.toml").read_text(encoding="utf-8"))


@cache
def lexicon_version() -> str:
    """Return the version that `load_lexicons` would have, without compiling any of them."""
    return _digest({name: read_lexicon(name) for name in TAGGING_LEXICONS})


@cache
def load_lexicons() -> Lexicons:
    """Return the lexicons of the package, read and compiled at the first call."""
    return parse_lexicons({name: read_lexicon(name) for name in LEXICON_NAMES})


@cache
def load_profile(profile_id: str | None) -> Profile:
    """Return a publisher profile of the package, the generic one for None.

    Raises FileNotFoundError for an id without a profiles/ID.toml.
    """
    if profile_id is None:
        return Profile()
    return parse_profile(profile_id, read_lexicon(f"profiles/{profile_id}"))
