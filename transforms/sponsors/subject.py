"""What an advertisement speaks for: the one name in its copy that is neither customer nor tool."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from transforms.lexicons.sponsor_lexicon import Cue, SubjectCues, name_key
from transforms.sponsors.sources import NameSources, canonical_sponsor

# A name with fewer points is not named; the first must lead the second by this much.
MIN_POINTS = 1.7
MIN_LEAD = 0.7
# What each further mention adds.
MENTION_POINTS = 0.3
# A company of the lexicons is rather the advertiser than a word that only looks like a name.
KNOWN_POINTS = 0.5
# Cues look this far around a name.
REACH = 70

# Capitalised words, camel case or a domain: "QA Wolf", "DevStats", "You.com".
_NAME = re.compile(
    r"(?<![\w@./’'-])(?:[A-Z][\w.+-]*[\w+]|[A-Z])(?:[ \u00a0](?:[A-Z][\w.+-]*[\w+]|[A-Z]\b)){0,3}"
)
_SENTENCE_START = re.compile(r"(?:^|[.!?:;•…–—-]\W*|\n\W*)$")
_COMPOUND = re.compile(r"-[a-z]{3,}$")  # "AI-native", "Python-based"
_INNER_SIGN = re.compile(r"[a-z][A-Z]|\w\.\w|\d")


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """The name a copy speaks for, and the words that show it."""

    name: str
    evidence: str
    is_known: bool


@dataclass(slots=True)
class _Candidate:
    name: str
    is_known: bool
    is_certain: bool = False
    points: float = 0.0
    cue: str = ""


def find_subject(headline: str, copy: str, sources: NameSources) -> Subject | None:
    """Return what a copy advertises, None where no name stands out.

    Names gather points from the words around them: "NAME helps you", "with NAME", "NAME’s
    platform" speak for the advertiser; lists, "such as NAME" and "NAME achieved" for others.
    """
    cues = sources.sponsors.subject_cues
    candidates: dict[str, _Candidate] = {}
    # Headlines capitalise any word: they confirm a name, they do not give one.
    for spelling, start, end in _names(copy or headline, cues):
        _weigh(candidates, spelling, (copy or headline), start, end, sources)
    shown = name_key(headline)
    for key, candidate in candidates.items():
        candidate.points += 1.0 if copy and key in shown else 0.0
    ranked = sorted(_certain(candidates), key=lambda each: -each.points)
    if not ranked or ranked[0].points < MIN_POINTS:
        return None
    if len(ranked) > 1 and ranked[0].points - ranked[1].points < MIN_LEAD:
        return None
    best = ranked[0]
    return Subject(name=best.name, evidence=f"copy: {best.cue!r}", is_known=best.is_known)


def _weigh(
    candidates: dict[str, _Candidate],
    spelling: str,
    text: str,
    start: int,
    end: int,
    sources: NameSources,
) -> None:
    cues = sources.sponsors.subject_cues
    name, is_known = _resolved(spelling, sources)
    if not is_known and name_key(name) in sources.concepts:
        return
    first = _Candidate(name, is_known, points=KNOWN_POINTS * is_known)
    candidate = candidates.setdefault(name_key(name), first)
    before, after = text[max(0, start - REACH) : start], text[end : end + REACH]
    points = _first(cues.after, after) + _first(cues.before, before)
    candidate.points += points + MENTION_POINTS
    is_opening = bool(_SENTENCE_START.search(before))
    candidate.is_certain |= is_known or not is_opening or bool(_INNER_SIGN.search(spelling))
    candidate.is_certain |= _opens_copy(spelling, text[:start], after, cues)
    if points > 0 and not candidate.cue:
        candidate.cue = " ".join(f"{before[-15:]}{spelling}{after[:25]}".split())


def _opens_copy(spelling: str, above: str, after: str, cues: SubjectCues) -> bool:
    """Tell a brand that is the subject of the first sentence: "Acme helps teams ...".

    Any word has a capital there, so it must be none that things in general are called.
    """
    is_first = not any(letter.isalnum() for letter in above)
    is_subject = " " not in spelling and bool(cues.verbs.match(after))
    return is_first and is_subject and not cues.common.search(spelling)


def _first(cues: tuple[Cue, ...], text: str) -> float:
    """Return the points of the first cue that a text holds."""
    return next((cue.points for cue in cues if cue.pattern.search(text)), 0.0)


def _names(text: str, cues: SubjectCues) -> Iterator[tuple[str, int, int]]:
    for match in _NAME.finditer(text):
        words, start, end = match[0].split(), *match.span()
        # "With QA Wolf", "Join DevStats": the opening word of a sentence is no part of a name.
        while words and words[0].casefold() in cues.not_names:
            start += len(words.pop(0)) + 1
        if any(_COMPOUND.search(word) for word in words):
            continue
        alone = all(word.casefold() in cues.not_alone for word in words)
        if words and not alone and len(words[0]) > 1:
            yield " ".join(words), start, end


def _resolved(spelling: str, sources: NameSources) -> tuple[str, bool]:
    """Return whose name it is: WorkOS Pipes is WorkOS, Redpanda Streamfest Redpanda's event."""
    words = spelling.split()
    for count in range(len(words), 0, -1):
        known = canonical_sponsor(" ".join(words[:count]), sources)
        if known:
            return known, True
    kinds = sources.sponsors.subject_cues.kinds
    while len(words) > 1 and words[-1].casefold() in kinds:
        words.pop()
    return " ".join(words), False


def _certain(candidates: dict[str, _Candidate]) -> list[_Candidate]:
    """Return names, a longer one counted with the shorter that it begins with."""
    kept: dict[str, _Candidate] = {}
    for key, candidate in sorted(candidates.items(), key=lambda pair: len(pair[0])):
        stem = next((k for k in kept if key.startswith(k) and len(k) > 3), None)
        if stem is None:
            kept[key] = candidate
            continue
        kept[stem].points += candidate.points
        kept[stem].is_certain |= candidate.is_certain
        kept[stem].cue = kept[stem].cue or candidate.cue
    return [each for each in kept.values() if each.is_certain]
