"""How each block of an article reads: like an advert, like the article, or like neither."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from transforms.blocks import Block
from transforms.captures.cohesion import read_words
from transforms.lexicons.pitch_lexicon import PitchLexicon
from transforms.sponsors.ties import strangeness

# A line this short says nothing by itself and goes with what it stands beside.
LINE_WORDS = 12
# A name this often elsewhere in the article is its subject, not its sponsor.
SUBJECT_MENTIONS = 3
SUBJECT_POINTS = -2.0
# What a block gains whose words are all strange to the text around it, and at most.
TIE_POINTS = 4.0
MAX_TIE_POINTS = 1.5
EDITORIAL = frozenset({"article", "references", "house", "first-person"})
_WORDS = re.compile(r"\b\w*[a-z]\w*\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """Points of one block and the cues that gave them."""

    points: float
    cues: tuple[str, ...]
    words: int
    pitch: float = 0.0
    """Points of those cues alone that speak for an advert."""
    is_subject: bool = False
    """True where it names what the article keeps naming."""
    strangeness: float = 0.0
    """How much less than usual its words are found further off (ties)."""

    @property
    def is_editorial(self) -> bool:
        """True where it speaks as the article or the publication does, "we" included."""
        return not EDITORIAL.isdisjoint(self.cues)

    @property
    def is_articles(self) -> bool:
        """True where it says of itself that it is the article's or the publication's."""
        return not (EDITORIAL - {"first-person"}).isdisjoint(self.cues)


def read_blocks(blocks: Sequence[Block], lexicon: PitchLexicon) -> tuple[Reading, ...]:
    """Return the points of each block by its words."""
    words = Counter(word for block in blocks for word in set(_WORDS.findall(block.text)))
    # What is also written small is a word that opens sentences, not a name.
    names = Counter({w: n for w, n in words.items() if _is_name(w) and w.lower() not in words})
    return tuple(_read(block, lexicon, names) for block in blocks)


def with_ties(readings: Sequence[Reading], blocks: Sequence[Block]) -> tuple[Reading, ...]:
    """Return readings with what a block has in common with the text around it counted in."""
    return tuple(
        replace(each, points=each.points + _limited(TIE_POINTS * strange), strangeness=strange)
        for each, strange in zip(readings, strangeness(blocks), strict=True)
    )


def mean_strangeness(readings: Sequence[Reading]) -> float:
    """Return how strange a stretch is to the text around it, its longer blocks counting more."""
    words = sum(each.words for each in readings)
    return sum(each.strangeness * each.words for each in readings) / words if words else 0.0


def _read(block: Block, lexicon: PitchLexicon, names: Counter[str]) -> Reading:
    text, words = block.text, len(block.text.split())
    if block.kind in ("code", "rule", "embed", "image", "table"):
        return Reading(points=-3.0 if block.kind in ("code", "rule") else 0.0, cues=(), words=0)
    hits = [cue for cue in lexicon.cues if cue.pattern.search(text)]
    base = lexicon.line if words <= LINE_WORDS else lexicon.prose
    points = base + sum(cue.points for cue in hits)
    is_subject = _speaks_of_subject(text, names)
    if is_subject:
        points += SUBJECT_POINTS
    return Reading(
        points=points, cues=tuple(cue.id for cue in hits), words=words,
        pitch=sum(cue.points for cue in hits if cue.points > 0), is_subject=is_subject,
    )  # fmt: skip


def _is_name(word: str) -> bool:
    """Tell a capital that is no question's: a list of titles asks "How" in each line."""
    return word[0].isupper() and bool(read_words(word))


def _speaks_of_subject(text: str, names: Counter[str]) -> bool:
    """Tell blocks that name what the article keeps naming."""
    return any(names[name] > SUBJECT_MENTIONS + 1 for name in set(_WORDS.findall(text)))


def _limited(points: float) -> float:
    return max(-MAX_TIE_POINTS, min(MAX_TIE_POINTS, points))
