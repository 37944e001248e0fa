"""Adverts that nothing marks: runs of blocks that read like one and not like their article.

Only for texts that lost their links (captures of preview pages): where there are links, labels
are there too, and reading tone would flag every product news.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from transforms.blocks import Block
from transforms.lexicons.pitch_lexicon import PitchLexicon
from transforms.sponsors.extents import Extent

# Adverts are short: longer runs of second person are tutorials.
MAX_RUN_BLOCKS = 18
MAX_RUN_WORDS = 320
# What is shorter than this is no advertisement but a line that happens to sound like one.
MIN_RUN_WORDS = 18
# A line this short says nothing by itself and goes with what it stands beside.
LINE_WORDS = 12
# At the top an advert may begin with neutral prose, so many blocks of so many words at most.
MAX_TOP_BLOCKS = 3
MAX_TOP_WORDS = 90
# A name this often elsewhere in the article is its subject, not its sponsor.
SUBJECT_MENTIONS = 3
SUBJECT_POINTS = -2.0
_WORDS = re.compile(r"\b\w*[a-z]\w*\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """Points of one block and the cues that gave them."""

    points: float
    cues: tuple[str, ...]
    words: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """Blocks [start, end) that add up."""

    start: int
    end: int
    points: float


def find_pitches(blocks: Sequence[Block], lexicon: PitchLexicon) -> tuple[Extent, ...]:
    """Return the runs of blocks that read like adverts, in order."""
    readings = read_blocks(blocks, lexicon)
    runs = [run for run in best_runs([each.points for each in readings]) if run.points > 0]
    extents = []
    for run in runs:
        whole = _with_edges(run, readings)
        if _is_advert(whole, readings, lexicon, len(blocks)):
            extents.append(_extent(whole, readings, blocks, lexicon))
    return tuple(extents)


def read_blocks(blocks: Sequence[Block], lexicon: PitchLexicon) -> tuple[Reading, ...]:
    """Return the points of each block."""
    words = Counter(word for block in blocks for word in set(_WORDS.findall(block.text)))
    # What is also written small is a word that opens sentences, not a name.
    names = Counter({w: n for w, n in words.items() if w[0].isupper() and w.lower() not in words})
    return tuple(_read(block, lexicon, names) for block in blocks)


def _read(block: Block, lexicon: PitchLexicon, names: Counter[str]) -> Reading:
    text, words = block.text, len(block.text.split())
    if block.kind in ("code", "rule", "embed", "image", "table"):
        return Reading(points=-3.0 if block.kind in ("code", "rule") else 0.0, cues=(), words=0)
    hits = [cue for cue in lexicon.cues if cue.pattern.search(text)]
    base = lexicon.line if words <= LINE_WORDS else lexicon.prose
    points = base + sum(cue.points for cue in hits)
    if _speaks_of_subject(text, names):
        points += SUBJECT_POINTS
    return Reading(points=points, cues=tuple(cue.id for cue in hits), words=words)


def _speaks_of_subject(text: str, names: Counter[str]) -> bool:
    """Tell blocks that name what the article keeps naming."""
    return any(names[name] > SUBJECT_MENTIONS + 1 for name in set(_WORDS.findall(text)))


def best_runs(points: Sequence[float]) -> list[Run]:
    """Return the maximal scoring runs: none can be made better by a block more or less.

    The algorithm of Ruzzo and Tompa (1999), in one pass.
    """
    stack: list[tuple[int, int, float, float]] = []  # start, end, sum before, sum after
    total = 0.0
    for place, each in enumerate(points):
        before, total = total, total + each
        if each <= 0:
            continue
        start, low = place, before
        while stack:
            found = next((n for n in range(len(stack) - 1, -1, -1) if stack[n][2] < low), None)
            if found is None or stack[found][3] >= total:
                break
            start, low = stack[found][0], stack[found][2]
            del stack[found:]
        stack.append((start, place + 1, low, total))
    return [Run(start=s, end=e, points=after - low) for s, e, low, after in stack]


def _with_edges(run: Run, readings: Sequence[Reading]) -> Run:
    """Take in what stands around a run: lines that say too little, and all above it at the top."""
    start, end = run.start, run.end
    above = readings[:start]
    if start <= MAX_TOP_BLOCKS and all(_is_neutral(each, MAX_TOP_WORDS) for each in above):
        start = 0
    elif _is_neutral(readings[start - 1]):
        start -= 1
    while end < len(readings) and _is_tail(readings[end]):
        end += 1
    return Run(start=start, end=end, points=run.points)


def _is_tail(reading: Reading) -> bool:
    return bool(reading.cues) and reading.points > -0.5 and reading.words > 0


def _is_neutral(reading: Reading, limit: int = LINE_WORDS) -> bool:
    is_editorial = any(cue in EDITORIAL for cue in reading.cues)
    return reading.words <= limit and not is_editorial and reading.points > -2


EDITORIAL = frozenset({"article", "references", "house", "first-person"})


def _is_advert(
    run: Run, readings: Sequence[Reading], lexicon: PitchLexicon, block_count: int
) -> bool:
    own = readings[run.start : run.end]
    words = sum(reading.words for reading in own)
    if not MIN_RUN_WORDS <= words <= MAX_RUN_WORDS or len(own) > MAX_RUN_BLOCKS:
        return False
    points = run.points + (lexicon.top if run.start == 0 else 0)
    if points < lexicon.least or len(own) >= block_count:
        return False
    return len({cue for reading in own for cue in reading.cues if cue not in EDITORIAL}) >= 3


def _extent(
    run: Run, readings: Sequence[Reading], blocks: Sequence[Block], lexicon: PitchLexicon
) -> Extent:
    cues = dict.fromkeys(cue for each in readings[run.start : run.end] for cue in each.cues)
    first = blocks[run.start]
    is_headed = first.kind == "heading"
    return Extent(
        start=run.start, end=run.end, rule="pitch", label=None, named=None,
        headline=first.text if is_headed else None, confidence=lexicon.confidence,
        has_head=is_headed, seen=f"reads like an advert: {', '.join(cues)}",
    )  # fmt: skip
