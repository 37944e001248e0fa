"""Where one article ends and the next begins, when nothing says so."""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

from transforms.captures.bylines import is_byline
from transforms.captures.code import is_code
from transforms.captures.cohesion import Change, find_changes, read_names, read_words
from transforms.captures.rules import BlogRules, matches

# Articles of fewer telling words are not looked for: a paragraph can be as different.
MIN_ARTICLE_WORDS = 35
# A stretch is looked through in parts of so many lines: a text without closing lines may be long.
MAX_LINES = 4000
# What the evidence must add up to. The weights come from a logistic regression over some thirty
# articles run together by twos and threes, rounded and adjusted on longer rows. At this mark one
# of 600 company-blog articles was cut in two and nine of ten seams were found; the blog of one
# developer, all of it on one subject and half of it code, was cut right two times of three.
MIN_EVIDENCE = 0.7

# Names change from one article to the next: the cosine of their counts is 0.0 to 0.1 across a
# seam, and 0.2 to 0.9 across most lines within an article.
USUAL_NAME_LIKENESS = 0.12
MOST_NAME_LIKENESS = 0.6
NAME_WEIGHT = -10.0
MIN_NAMES = 6
# The cosine of all words is 0.05 to 0.3 across a seam, and 0.25 to 0.75 within an article.
USUAL_LIKENESS = 0.25
LIKENESS_WEIGHT = -5.0
# An article's words gain 0.3 to 0.7 a word by being parted, two articles' words 0.5 to 1.3.
USUAL_SHARPNESS = 0.6
SHARPNESS_WEIGHT = 4.0
# A few lines are unlike any text.
USUAL_SIZE = 150
SIZE_WEIGHT = 1.0
# Of the lines near each other a seam is where parting gains most, give or take a greeting.
NEAR_LINES = 6
GAIN_SLACK = 10.0

BYLINE_WEIGHT = 4.0
OPENING_WEIGHT = 2.0
SIGN_OFF_WEIGHT = 2.5
FAREWELL_WEIGHT = 2.0
GOING_ON_WEIGHT = -3.5
MID_SENTENCE_WEIGHT = -4.0
OPEN_END_WEIGHT = -1.5
CODE_WEIGHT = -3.0
SHORT_OPENING_WEIGHT = -2.0
GAP_WEIGHT = 1.5
TITLE_BELOW_WEIGHT = 1.5
TITLE_ABOVE_WEIGHT = -3.0
# So far into an article its title's words, or its publication's, have been said.
OPENING_LINES = 4

_ENDS = re.compile(r"[.!?…。！？)\]\"”’'>]\s*$|[^\w\s,;:(\[{/-]\s*$")
_BLOG_WORDS = frozenset(
    "blog tech engineering eng technology developers medium stories labs".split()
)


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

    Each cut asks for evidence from the words and names on its two sides, from how the lines
    at it end and begin, and from where the title of the closing line is first spoken of.
    """
    text = _Text(
        stretch=stretch,
        words=tuple(tuple(read_words(line)) for line in stretch.lines),
        names=tuple(tuple(read_names(line)) for line in stretch.lines),
        usual_gap=sorted(stretch.gaps)[len(stretch.gaps) // 2] if stretch.gaps else 0,
    )
    named = frozenset(read_words(stretch.title or "")) | _publisher_words(stretch.publication)
    count = len(stretch.lines)
    found: list[int] = []
    open_parts = [(start, min(start + MAX_LINES, count)) for start in range(0, count, MAX_LINES)]
    while open_parts:
        start, end = open_parts.pop()
        # Only the last article of a stretch is the one that the closing line names.
        place = _best_cut(text, start, end, named if end == count else frozenset(), rules)
        if place is not None:
            found.append(place)
            open_parts += [(start, place), (place, end)]
    return tuple(sorted(found))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Text:
    stretch: Stretch
    words: tuple[tuple[str, ...], ...]
    names: tuple[tuple[str, ...], ...]
    usual_gap: int


def _best_cut(
    text: _Text, start: int, end: int, named: frozenset[str], rules: BlogRules
) -> int | None:
    """Return the best line to cut lines[start:end] at, None without evidence enough."""
    changes = list(find_changes(text.words[start:end]))
    of_names = list(find_changes(text.names[start:end]))
    judged = [
        (
            _by_words(change, changes)
            + _by_names(of_names[change.place - 1])
            + _by_edges(text, start + change.place, rules)
            + _by_title(text.words, start, start + change.place, named),
            start + change.place,
        )
        for change in changes
        if change.smaller >= MIN_ARTICLE_WORDS
    ]
    evidence, place = max(judged, default=(-math.inf, 0))
    return place if evidence >= MIN_EVIDENCE else None


def _by_words(change: Change, changes: Sequence[Change]) -> float:
    evidence = LIKENESS_WEIGHT * (change.likeness - USUAL_LIKENESS)
    evidence += SHARPNESS_WEIGHT * (change.sharpness - USUAL_SHARPNESS)
    evidence += SIZE_WEIGHT * min(0.0, math.log(change.smaller / USUAL_SIZE))
    at = change.place - 1
    near = changes[max(0, at - NEAR_LINES) : at + NEAR_LINES + 1]
    most = max(each.gain for each in near if each.smaller >= MIN_ARTICLE_WORDS)
    return evidence - (most - change.gain) / GAIN_SLACK


def _by_names(change: Change) -> float:
    if change.smaller < MIN_NAMES:
        return 0.0
    return NAME_WEIGHT * (min(change.likeness, MOST_NAME_LIKENESS) - USUAL_NAME_LIKENESS)


def _by_edges(text: _Text, place: int, rules: BlogRules) -> float:
    """Return what the lines above and below a cut say by how they end and begin."""
    stretch = text.stretch
    evidence = _ending(stretch.lines[place - 1], rules) + _beginning(stretch.lines[place], rules)
    is_parted = stretch.gaps[place] > max(1, text.usual_gap)
    return evidence + GAP_WEIGHT * is_parted


def _ending(line: str, rules: BlogRules) -> float:
    if matches(rules.sign_offs, line):
        return SIGN_OFF_WEIGHT
    if matches(rules.farewells, line):
        return FAREWELL_WEIGHT
    if is_code(line) or _ENDS.search(line):
        return 0.0
    return (
        MID_SENTENCE_WEIGHT
        if line.endswith((":", ",", ";", "-", "(", "{", "["))
        else OPEN_END_WEIGHT
    )


def _beginning(line: str, rules: BlogRules) -> float:
    if is_byline(line, rules):
        return BYLINE_WEIGHT
    if is_code(line) or (not line[0].isupper() and line[0].isascii() and not line[0].isdigit()):
        return CODE_WEIGHT
    if matches(rules.going_on, line):
        return GOING_ON_WEIGHT
    if matches(rules.sign_offs, line) or matches(rules.farewells, line):
        return GOING_ON_WEIGHT
    if matches(rules.openings, line):
        return OPENING_WEIGHT
    return SHORT_OPENING_WEIGHT if len(line.split()) < 12 else 0.0


def _by_title(
    words: Sequence[Sequence[str]], start: int, place: int, named: frozenset[str]
) -> float:
    """Return what the title's words say: some below a cut and none at the start speak for it."""
    if not named:
        return 0.0
    first = {word for line in words[start : start + OPENING_LINES] for word in line} & named
    below = {word for line in words[place : place + OPENING_LINES] for word in line} & named
    evidence = (
        TITLE_BELOW_WEIGHT * len(below - first) / len(named) if below else -TITLE_BELOW_WEIGHT
    )
    return evidence + TITLE_ABOVE_WEIGHT * len(first) / len(named)


def _publisher_words(publication: str | None) -> frozenset[str]:
    return frozenset(word for word in read_words(publication or "") if word not in _BLOG_WORDS)
