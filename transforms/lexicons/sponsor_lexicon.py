"""Markers, sponsor names, hosts and publisher profiles, as read from their TOML files."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

import ahocorasick

from transforms.lexicons.pitch_lexicon import PitchLexicon, parse_pitch

# A label of a few letters stands this near to the edge of its block.
_EDGE = 14

Patterns = tuple[re.Pattern[str], ...]
Carrier = Literal[
    "title", "tag", "inline", "opening", "lead", "alone", "byline", "credit", "names", "entry"
]


@dataclass(frozen=True, slots=True)
class Label:
    """A way in which publications mark paid content, and where such a label stands."""

    id: str
    pattern: re.Pattern[str]
    carrier: Carrier = "title"
    confidence: float = 0.95
    needs: str = "paid"
    """Which of the triggers a block must hold for this label to be looked for."""
    is_weak: bool = False
    """True for words that are also said of speakers, authors and partners."""
    needs_link: bool = False
    """True where only a link to a company makes the label one."""


class Triggers:
    """Words that any label of a kind needs, found in one pass: most blocks hold none."""

    def __init__(self, words: Mapping[str, list[str]], edges: str) -> None:
        """Compile the words by kind, and the pattern of those that count at a block's edges."""
        self._edges = re.compile(edges, re.IGNORECASE)
        self._words = ahocorasick.Automaton()
        kinds: dict[str, set[str]] = {}
        for kind, alternatives in words.items():
            for word in alternatives:
                kinds.setdefault(word, set()).add(kind)
        for word, held in kinds.items():
            self._words.add_word(word, frozenset(held))
        self._words.make_automaton()

    def kinds_in(self, text: str) -> frozenset[str]:
        """Return the kinds of labels that a text may hold."""
        found: frozenset[str] = frozenset()
        for _, kinds in self._words.iter(text.lower()):
            found |= kinds
        if self._edges.search(f"{text[:_EDGE]}\n{text[-_EDGE:]}"):
            found |= {"paid"}
        return found


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryMarks:
    """What marks a whole entry as paid: in its title, author or category."""

    titles: Patterns
    authors: Patterns
    categories: Patterns
    confidence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkerLexicon:
    """Patterns of paid labels, own offers, references and paywall notices."""

    version: str
    labels: tuple[Label, ...]
    triggers: Triggers
    entry: EntryMarks
    nobody: re.Pattern[str]
    """Who is thanked in a sponsor's place and pays for no placement: readers, members."""
    funders: re.Pattern[str]
    """Who funds research and projects, by grants and foundations."""
    officials: re.Pattern[str]
    """Who sponsors bills and research: lawmakers, states, funds."""
    prose: re.Pattern[str]
    """How a sentence goes on that only begins like a label."""
    house: Patterns
    house_calls: Patterns
    own_offer: re.Pattern[str]
    house_slug: re.Pattern[str]
    house_domains: frozenset[str]
    references: Patterns
    paywall: Patterns
    pitch: PitchLexicon


@dataclass(frozen=True, slots=True, kw_only=True)
class SponsorName:
    """A company as sponsor links and events call it."""

    name: str
    slugs: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    events: tuple[str, ...] = ()
    """Its conferences, webinars and series, as copy names them instead of the company."""
    products: tuple[str, ...] = ()
    """Its products, as copy names them instead of the company."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LandingHosts:
    """Domains that do not tell whose page a link leads to."""

    shorteners: frozenset[str]
    redirectors: frozenset[str]
    platforms: frozenset[str]


@dataclass(frozen=True, slots=True)
class Cue:
    """Words beside a name, and the points they give it for being what the copy speaks for."""

    pattern: re.Pattern[str]
    points: float


@dataclass(frozen=True, slots=True, kw_only=True)
class SubjectCues:
    """How to tell the name that an advertisement speaks for; case counts."""

    after: tuple[Cue, ...]
    before: tuple[Cue, ...]
    not_names: frozenset[str]
    """Words that open sentences: no part of the name behind them."""
    not_alone: frozenset[str]
    """Words that are no name by themselves, though part of some."""
    verbs: re.Pattern[str]
    """What follows the subject of a sentence and is no plural of a noun."""
    common: re.Pattern[str]
    """Words of the language, as opposed to brands, that may open a sentence."""
    kinds: frozenset[str]
    """Words that make an event or an edition of a name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SponsorLexicon:
    """Names of sponsors by what is written instead of them."""

    version: str
    by_key: Mapping[str, SponsorName]
    by_domain: Mapping[str, SponsorName]
    events: tuple[tuple[re.Pattern[str], SponsorName], ...]
    products: tuple[tuple[re.Pattern[str], SponsorName], ...]
    hosts: LandingHosts
    subject_cues: SubjectCues


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """What only one publisher does; the default profile knows nothing."""

    id: str = "generic"
    publisher: str | None = None
    redirector_hosts: frozenset[str] = frozenset()
    own_hosts: frozenset[str] = frozenset()
    own_names: frozenset[str] = frozenset()
    house_slug: re.Pattern[str] | None = None
    labels: tuple[Label, ...] = ()
    options: Mapping[str, Any] = field(default_factory=dict)


def name_key(name: str) -> str:
    """Return a name as slugs write it: lower-case letters and digits only."""
    return "".join(letter for letter in name.casefold() if letter.isalnum())


def parse_markers(data: Mapping[str, Any]) -> MarkerLexicon:
    """Return the marker lexicon of a parsed markers.toml; raises re.error for a bad pattern."""
    words, house, entry = data["words"], data["house"], data["entry"]
    return MarkerLexicon(
        version=data["version"],
        labels=_labels(data["label"], words),
        triggers=_triggers(data["triggers"]),
        entry=EntryMarks(
            titles=_patterns(_filled(text, words) for text in entry["titles"]),
            authors=_patterns(_filled(text, words) for text in entry["authors"]),
            categories=_patterns(_filled(text, words) for text in entry["categories"]),
            confidence=entry["confidence"],
        ),
        nobody=_any_of(data["nobody"]["patterns"]),
        funders=_any_of(data["nobody"]["funders"]),
        officials=_any_of(data["nobody"]["officials"]),
        prose=_any_of(data["nobody"]["prose"]),
        house=_patterns(house["patterns"]),
        house_calls=_patterns(house["calls"]),
        own_offer=_any_of(house["own_offers"]),
        house_slug=_any_of(house["slugs"]),
        house_domains=frozenset(house["domains"]),
        references=_patterns(data["references"]["patterns"]),
        paywall=_patterns(data["paywall"]["patterns"]),
        pitch=parse_pitch(data["pitch"]),
    )


def parse_sponsors(data: Mapping[str, Any]) -> SponsorLexicon:
    """Return the sponsor lexicon of a parsed sponsors.toml."""
    names = [SponsorName(**{k: _frozen(v) for k, v in row.items()}) for row in data["sponsor"]]
    hosts = data["hosts"]
    return SponsorLexicon(
        version=data["version"],
        by_key={
            name_key(key): each
            for each in names
            for key in (*each.products, *each.events, *each.slugs, each.name)
        },
        by_domain={domain: each for each in names for domain in each.domains},
        events=tuple((_phrase(event), each) for each in names for event in each.events),
        products=tuple((_phrase(product), each) for each in names for product in each.products),
        hosts=LandingHosts(
            shorteners=frozenset(hosts["shorteners"]),
            redirectors=frozenset(hosts["redirectors"]),
            platforms=frozenset(hosts["platforms"]),
        ),
        subject_cues=_subject_cues(data["subject"]),
    )


def parse_profile(profile_id: str, data: Mapping[str, Any]) -> Profile:
    """Return a publisher profile of a parsed profiles/ID.toml; unknown keys stay in `options`."""
    known = {"publisher", "redirector_hosts", "own_hosts", "own_names", "house_slugs", "label"}
    return Profile(
        id=profile_id,
        publisher=data.get("publisher"),
        redirector_hosts=frozenset(data.get("redirector_hosts", ())),
        own_hosts=frozenset(data.get("own_hosts", ())),
        own_names=frozenset(name_key(name) for name in data.get("own_names", ())),
        house_slug=_any_of(data["house_slugs"]) if data.get("house_slugs") else None,
        labels=_labels(data.get("label", ()), {}),
        options={key: value for key, value in data.items() if key not in known},
    )


def _triggers(data: Mapping[str, Any]) -> Triggers:
    words = {kind: value for kind, value in data.items() if kind != "edges"}
    return Triggers(words, data["edges"])


def _subject_cues(data: Mapping[str, Any]) -> SubjectCues:
    return SubjectCues(
        after=tuple(Cue(re.compile(row["pattern"]), row["points"]) for row in data["after"]),
        before=tuple(
            Cue(re.compile(row["pattern"], re.IGNORECASE), row["points"]) for row in data["before"]
        ),
        not_names=frozenset(data["not_names"]),
        not_alone=frozenset(data["not_alone"]),
        verbs=re.compile(data["verbs"]),
        common=re.compile(data["common"], re.IGNORECASE),
        kinds=frozenset(data["kinds"]),
    )


def _labels(rows: Iterable[Mapping[str, Any]], words: Mapping[str, list[str]]) -> tuple[Label, ...]:
    return tuple(
        Label(
            row["id"],
            _compiled(_filled(row["pattern"], words)),
            row.get("carrier", "title"),
            row.get("confidence", 0.95),
            row.get("needs", "paid"),
            row.get("is_weak", False),
            row.get("needs_link", False),
        )
        for row in rows
    )


def _filled(pattern: str, words: Mapping[str, list[str]]) -> str:
    """Return a pattern with each {name} replaced by any of the words of that name."""
    for name, alternatives in words.items():
        pattern = pattern.replace("{" + name + "}", f"(?:{'|'.join(alternatives)})")
    return pattern


def _phrase(text: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(text)}(?!\w)")


def _frozen(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


def _patterns(patterns: Iterable[str]) -> Patterns:
    return tuple(_compiled(pattern) for pattern in patterns)


def _any_of(patterns: list[str]) -> re.Pattern[str]:
    return _compiled("|".join(f"(?:{pattern})" for pattern in patterns))
