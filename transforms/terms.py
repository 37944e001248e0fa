"""The one pass of an automaton over a text: every term of topics, companies and technologies at once.

Hundreds of regular expressions over each article cost more than all the parsing before them. All terms therefore
stand in one Aho-Corasick automaton, and `find_terms` remembers its last answers, so that topics, companies and
technologies of an article share a single pass over its text.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, NamedTuple

import ahocorasick

# A title, its headings and its text are asked for three times in a row, then never again.
REMEMBERED_TEXTS = 8

# Typographic signs that stand in English text; other letters beyond ASCII stay one (unknown) letter each.
_TYPOGRAPHY = (("\u2019", "'"), ("\u2018", "'"), ("\u201c", "'"), ("\u201d", "'"), ("\u2014", "-"), ("\u2013", "-"),
               ("\u2011", "-"), ("\u2010", "-"), ("\u2026", "."), ("\u2022", "."), ("\u00a0", " "), ("?", " "))
UNKNOWN_LETTER = "?"

# Punctuation becomes a space of the same width: "Node.js", "event-driven" and "CI/CD" are found however they are
# written, and offsets stay those of the text. "+" and "#" stay: C++ and C# are names.
_KEPT = frozenset("abcdefghijklmnopqrstuvwxyz0123456789+#\n" + UNKNOWN_LETTER)
_FOLDING = bytes(ord(chr(code).lower() if chr(code).lower() in _KEPT else " ") for code in range(128)) + bytes(128)


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A phrase that stands for something: what it belongs to, how it must be written, what it weighs."""

    vocabulary: str  # "topic", "company" or "technology"
    owner_id: str  # the topic, company or technology it stands for
    phrase: str  # as the lexicon writes it; a capital letter in it makes its case binding
    weight: float = 1.0  # of topic terms; zero shields a longer phrase from the shorter ones in it
    role: str = ""  # what kind of name it is, for its own vocabulary to read
    is_cased: bool = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "is_cased", self.phrase != self.phrase.lower())


class Match(NamedTuple):
    """A place of a text where a term stands: offsets into `FoundTerms.raw`, end exclusive."""

    start: int
    end: int
    term: Term


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundTerms:
    """What a pass found: the text with a margin of one space, and its matches in order of their ends."""

    raw: str
    matches: tuple[Match, ...]

    def of(self, vocabulary: str) -> list[Match]:
        """Return the matches of one vocabulary."""
        return [match for match in self.matches if match.term.vocabulary == vocabulary]


@dataclass(frozen=True, slots=True, eq=False)
class TermIndex:
    """A compiled automaton; one is as good as itself only, which makes it a key of what is remembered."""

    automaton: Any

    def __reduce__(self) -> tuple[Any, ...]:
        return TermIndex, (self.automaton,)


def fold(phrase: str) -> str:
    """Return a phrase in small ASCII letters with punctuation as spaces, of the same length.

    Bytes are folded some twenty times faster than characters, and English technical text is nearly all ASCII.
    """
    for sign, plain in _TYPOGRAPHY:
        phrase = phrase.replace(sign, plain)
    return phrase.encode("ascii", "replace").translate(_FOLDING).decode("ascii")


def plurals(phrase: str) -> tuple[str, ...]:
    """Return a topic phrase and its plural: most of English is regular enough for a vocabulary of nouns."""
    if phrase.endswith(("s", "ing")):
        return (phrase,)
    if phrase.endswith("y") and phrase[-2:-1] not in "aeiou":
        return (phrase, f"{phrase[:-1]}ies")
    return (phrase, f"{phrase}es" if phrase.endswith(("x", "ch", "sh")) else f"{phrase}s")


def build_term_index(terms: Iterable[Term]) -> TermIndex:
    """Return the automaton of all terms; each key opens with a space, so that no match opens inside a word."""
    by_key: dict[str, list[Term]] = {}
    for term in terms:
        for phrase in plurals(term.phrase) if term.vocabulary == "topic" else (term.phrase,):
            key = " ".join(fold(phrase).split())
            by_key.setdefault(f" {key}", []).append(term)
    automaton = ahocorasick.Automaton()
    for key, owners in by_key.items():
        automaton.add_word(key, (len(key), tuple(owners)))
    automaton.make_automaton()
    return TermIndex(automaton)


@lru_cache(maxsize=REMEMBERED_TEXTS)
def find_terms(text: str, index: TermIndex) -> FoundTerms:
    """Return every term of a text; of terms inside each other the longest stands, within a vocabulary."""
    raw = f" {text} ".replace("\n", "\n ")
    folded = fold(raw)
    kept: dict[str, list[Match]] = {"topic": [], "company": [], "technology": []}
    for last, (length, terms) in index.automaton.iter(folded):
        after = folded[last + 1]
        if after not in " \n":
            continue
        start, end = last - length + 2, last + 1
        for term in terms:
            if not term.is_cased or _is_written(term.phrase, raw[start:end]):
                _keep_longest(kept[term.vocabulary], Match(start, end, term))
    return FoundTerms(raw=raw, matches=tuple(match for matches in kept.values() for match in matches))


def _is_written(phrase: str, written: str) -> bool:
    """Return whether a name has its own case; a plural and other punctuation do not count against it."""
    if written.startswith(phrase):
        return True
    pairs = zip(phrase, written, strict=False)
    return all(own == other or not (own.isalnum() or other.isalnum()) for own, other in pairs)


def _keep_longest(kept: list[Match], match: Match) -> None:
    """Add a match unless the last one holds it; take out those that it holds itself."""
    while kept and kept[-1].start >= match.start and (kept[-1].start, kept[-1].end) != match[:2]:
        kept.pop()
    if kept and match.end <= kept[-1].end and match.start > kept[-1].start:
        return
    kept.append(match)
