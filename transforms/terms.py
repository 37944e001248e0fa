"""One pass over a text for all terms: of topics, companies and technologies at once.

Hundreds of regular expressions over each article cost more than all the parsing before them. All
terms therefore stand in one Aho-Corasick automaton, and `find_terms` remembers its last answers,
so that topics, companies and technologies of an article share a single pass over its text.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, TypeAlias

import ahocorasick

# A title, its headings, its categories and its text are asked for three times in a row, then
# never again.
REMEMBERED_TEXTS = 8

# Typographic signs of English text; other letters beyond ASCII become one unknown letter each.
_TYPOGRAPHY = (
    ("\u2019", "'"),
    ("\u2018", "'"),
    ("\u201c", "'"),
    ("\u201d", "'"),
    ("\u2014", "-"),
    ("\u2013", "-"),
    ("\u2011", "-"),
    ("\u2010", "-"),
    ("\u2026", "."),
    ("\u2022", "."),
    ("\u00a0", " "),
    ("?", " "),
)
# Punctuation becomes a space of the same width: "Node.js", "event-driven" and "CI/CD" are found
# however they are written, and offsets stay those of the text. "+" and "#" stay: C++ and C# are
# names. "?" is the unknown letter.
_KEPT = frozenset("abcdefghijklmnopqrstuvwxyz0123456789+#\n?")
_FOLDING = bytes(
    ord(small if (small := chr(code).lower()) in _KEPT else " ") for code in range(128)
) + bytes(128)


# In the order of the lists in FoundTerms.
_VOCABULARIES = ("topics", "companies", "technologies")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Term:
    """A phrase that stands for something: what it belongs to, how it is written, what it weighs.

    Equal to itself only: a text has thousands of matches, and they are counted by term.
    """

    vocabulary: str  # "topics", "companies" or "technologies"
    owner_id: str  # the topic, company or technology it stands for
    phrase: str  # as the lexicon writes it; a capital letter in it makes its case binding
    weight: float = 1.0  # of topic terms; zero shields a longer phrase from the shorter ones in it
    role: str = ""  # what kind of name it is, for its own vocabulary to read
    is_cased: bool = field(init=False)

    def __post_init__(self) -> None:
        """Read from the phrase whether its case is binding."""
        object.__setattr__(self, "is_cased", self.phrase != self.phrase.lower())


# A place of a text where a term stands: start and exclusive end in `FoundTerms.raw`, and the
# term. A plain tuple, for an article has hundreds.
Match: TypeAlias = tuple[int, int, Term]


@dataclass(frozen=True, slots=True)
class FoundTerms:
    """What a pass found: the text with a space around it, and matches in order of their ends."""

    raw: str
    topics: list[Match] = field(default_factory=list)
    companies: list[Match] = field(default_factory=list)
    technologies: list[Match] = field(default_factory=list)


@dataclass(frozen=True, slots=True, eq=False)
class TermIndex:
    """A compiled automaton: equal to itself only, which lets it be a key of what is remembered."""

    automaton: Any


def fold(text: str) -> str:
    """Return a text in small ASCII letters with punctuation as spaces, of the same length.

    Bytes are folded some twenty times faster than characters, and technical English is nearly all
    ASCII.
    """
    for sign, plain in _TYPOGRAPHY:
        text = text.replace(sign, plain)
    return text.encode("ascii", "replace").translate(_FOLDING).decode("ascii")


def plurals(phrase: str) -> tuple[str, ...]:
    """Return a topic phrase and its plural: English is regular enough for a vocabulary of nouns."""
    if phrase.endswith(("s", "ing")):
        return (phrase,)
    if phrase.endswith("y") and phrase[-2:-1] not in "aeiou":
        return (phrase, f"{phrase[:-1]}ies")
    return (phrase, f"{phrase}es" if phrase.endswith(("x", "ch", "sh")) else f"{phrase}s")


def build_term_index(terms: Iterable[Term]) -> TermIndex:
    """Return the automaton of all terms.

    Each key opens with a space: no match opens inside a word, and "storage" costs nothing to the
    term "rag".
    """
    by_key: dict[str, list[Term]] = {}
    for term in terms:
        for phrase in plurals(term.phrase) if term.vocabulary == "topics" else (term.phrase,):
            by_key.setdefault(f" {' '.join(fold(phrase).split())}", []).append(term)
    automaton = ahocorasick.Automaton()
    for key, owners in by_key.items():
        kept = _without_doubles(owners)
        entries = tuple((_VOCABULARIES.index(t.vocabulary), t.is_cased, t.phrase, t) for t in kept)
        automaton.add_word(key, (len(key), entries))
    automaton.make_automaton()
    return TermIndex(automaton)


def _without_doubles(terms: Sequence[Term]) -> tuple[Term, ...]:
    """Return the terms of a key; "Postgres" is found by "postgres" already."""
    any_case = {(term.vocabulary, term.owner_id) for term in terms if not term.is_cased}
    return tuple(
        term
        for term in terms
        if not term.is_cased or (term.vocabulary, term.owner_id) not in any_case
    )


@lru_cache(maxsize=REMEMBERED_TEXTS)
def count_words(text: str) -> int:
    """Return the words of a text: kind and topics of an article ask for the same one."""
    return len(text.split())


@lru_cache(maxsize=REMEMBERED_TEXTS)
def find_terms(text: str, index: TermIndex) -> FoundTerms:
    """Return every term of a text; within a vocabulary, the longest of terms inside each other."""
    raw = f" {text} ".replace("\n", "\n ")
    folded = fold(raw)
    found = FoundTerms(raw)
    kept = (found.topics, found.companies, found.technologies)
    for last, (length, entries) in index.automaton.iter(folded):
        if folded[last + 1] not in " \n":
            continue
        start, end = last - length + 2, last + 1
        for vocabulary, is_cased, phrase, term in entries:
            if is_cased and not _is_written(phrase, raw[start:end]):
                continue
            matches = kept[vocabulary]
            if matches and matches[-1][1] > start:
                _keep_longest(matches, start, end, term)
            else:
                matches.append((start, end, term))
    return found


def _is_written(phrase: str, written: str) -> bool:
    """Return whether a name has its own case; plurals and other punctuation do not matter."""
    if written.startswith(phrase):
        return True
    pairs = zip(phrase, written, strict=False)
    return all(own == other or not (own.isalnum() or other.isalnum()) for own, other in pairs)


def _keep_longest(kept: list[Match], start: int, end: int, term: Term) -> None:
    """Add a match unless the last one holds it; take out those that it holds itself."""
    while kept and kept[-1][0] >= start and (kept[-1][0] != start or kept[-1][1] != end):
        kept.pop()
    if kept and end <= kept[-1][1] and start > kept[-1][0]:
        return
    kept.append((start, end, term))
