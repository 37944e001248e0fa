"""Where one article ends and the next begins, when nothing says so."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from transforms.captures.bylines import is_byline
from transforms.captures.code import is_code
from transforms.captures.cohesion import Change, find_changes, read_words
from transforms.captures.rules import BlogRules, matches

# Articles of fewer telling words are not looked for: a paragraph can be as different.
MIN_ARTICLE_WORDS = 35
# What the evidence must add up to. Found on articles of forty sources run together two by two
# and in longer rows: at this mark hardly a whole article is cut, and most seams are found.
MIN_EVIDENCE = 3.0

# One vocabulary on both sides is an article; two articles share few words (cosine 0.0 to 0.25),
# the parts of one article more (0.25 to 0.75).
USUAL_LIKENESS = 0.25
LIKENESS_WEIGHT = 12.0
# An article's words gain 0.3 to 0.7 a word by being parted, two articles' words 0.6 to 1.3.
USUAL_SHARPNESS = 0.62
SHARPNESS_WEIGHT = 5.0
# A seam is where parting gains most, give or take a few lines of thanks and greetings.
GAIN_SLACK = 10.0
# No one cue outweighs the words by itself.
MAX_WORDS_EVIDENCE = 4.0

BYLINE_WEIGHT = 4.0
OPENING_WEIGHT = 1.5
SIGN_OFF_WEIGHT = 2.5
FAREWELL_WEIGHT = 1.5
GOING_ON_WEIGHT = -4.0
MID_SENTENCE_WEIGHT = -4.0
CODE_WEIGHT = -3.0
SHORT_OPENING_WEIGHT = -1.0
GAP_WEIGHT = 1.5
TITLE_BELOW_WEIGHT = 1.5
TITLE_ABOVE_WEIGHT = -3.0
# So far into an article its title's words, or its publication's, have been said.
OPENING_LINES = 4

_ENDS = re.compile(r"[.!?…。！？)\]\"”’'>]\s*$|[^\w\s,;:(\[{/-]\s*$")
_BLOG_WORDS = frozenset("blog tech engineering eng technology developers medium stories labs".split())


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """Lines between two closing lines: the articles without one, then the article it closes."""

    lines: tuple[str, ...]
    gaps: tuple[int, ...]
    """Blank lines above each line."""
    title: str | None = None
    publication: str | None = None


def find_boundaries(stretch: Stretch, rules: BlogRules) -> tuple[int, ...]:
    """Return the lines at which further articles of a stretch begin; mostly none.

    Each cut asks for evidence from the words on its two sides, from how the lines at it end
    and begin, and from where the title of the closing line is first spoken of.
    """
    words = [read_words(line) for line in stretch.lines]
    named = frozenset(read_words(stretch.title or "")) | _publisher_words(stretch.publication)
    return tuple(sorted(_cut(stretch, words, 0, len(words), named, rules)))


def _cut(
    stretch: Stretch,
    words: Sequence[Sequence[str]],
    start: int,
    end: int,
    named: frozenset[str],
    rules: BlogRules,
) -> set[int]:
    changes = [each for each in find_changes(words[start:end]) if each.smaller >= MIN_ARTICLE_WORDS]
    if not changes:
        return set()
    most = max(change.gain for change in changes)
    judged = [
        (_evidence(stretch, words, start, change, most, named, rules), start + change.place)
        for change in changes
    ]
    evidence, place = max(judged)
    if evidence < MIN_EVIDENCE:
        return set()
    above = _cut(stretch, words, start, place, frozenset(), rules)
    return {place} | above | _cut(stretch, words, place, end, named, rules)


def _evidence(
    stretch: Stretch,
    words: Sequence[Sequence[str]],
    start: int,
    change: Change,
    most: float,
    named: frozenset[str],
    rules: BlogRules,
) -> float:
    place = start + change.place
    by_words = LIKENESS_WEIGHT * (USUAL_LIKENESS - change.likeness)
    by_words += SHARPNESS_WEIGHT * (change.sharpness - USUAL_SHARPNESS)
    evidence = min(by_words, MAX_WORDS_EVIDENCE) - (most - change.gain) / GAIN_SLACK
    evidence += _ending(stretch, place - 1, rules) + _beginning(stretch, place, rules)
    if stretch.gaps[place] > max(1, sorted(stretch.gaps)[len(stretch.gaps) // 2]):
        evidence += GAP_WEIGHT
    return evidence + _naming(words, start, place, named)


def _ending(stretch: Stretch, place: int, rules: BlogRules) -> float:
    line = stretch.lines[place]
    if matches(rules.sign_offs, line):
        return SIGN_OFF_WEIGHT
    if matches(rules.farewells, line):
        return FAREWELL_WEIGHT
    if is_code(line) or _ENDS.search(line):
        return 0.0
    return MID_SENTENCE_WEIGHT


def _beginning(stretch: Stretch, place: int, rules: BlogRules) -> float:
    line = stretch.lines[place]
    if is_byline(line, rules):
        return BYLINE_WEIGHT
    if is_code(line) or not line[0].isupper() and line[0].isascii() and not line[0].isdigit():
        return CODE_WEIGHT
    if matches(rules.going_on, line):
        return GOING_ON_WEIGHT
    if matches(rules.sign_offs, line) or matches(rules.farewells, line):
        return GOING_ON_WEIGHT
    if matches(rules.openings, line):
        return OPENING_WEIGHT
    return SHORT_OPENING_WEIGHT if len(line.split()) < 12 else 0.0


def _naming(words: Sequence[Sequence[str]], start: int, place: int, named: frozenset[str]) -> float:
    """Return what the title's words say: none above a cut and some below it speak for the cut."""
    if not named:
        return 0.0
    above = {word for line in words[start:place] for word in line} & named
    opening = {word for line in words[start : start + OPENING_LINES] for word in line} & named
    below = {word for line in words[place : place + OPENING_LINES] for word in line} & named
    evidence = TITLE_BELOW_WEIGHT * len(below - above) / len(named) if below else -TITLE_BELOW_WEIGHT
    return evidence + TITLE_ABOVE_WEIGHT * len(opening) / len(named)


def _publisher_words(publication: str | None) -> frozenset[str]:
    return frozenset(word for word in read_words(publication or "") if word not in _BLOG_WORDS)
