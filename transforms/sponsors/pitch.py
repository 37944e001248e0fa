"""Adverts that nothing marks: runs of blocks that read like one and not like their article.

Only for texts that lost their links (captures of preview pages): where there are links, labels
are there too, and reading tone would flag every product news.
"""

from collections.abc import Sequence

from transforms.blocks import Block
from transforms.lexicons.pitch_lexicon import PitchLexicon
from transforms.sponsors.edges import Run, find_opening, joined, with_edges
from transforms.sponsors.extents import Extent
from transforms.sponsors.readings import (
    EDITORIAL,
    Reading,
    mean_strangeness,
    read_blocks,
    with_ties,
)

# Adverts are short: longer runs of second person are tutorials.
MAX_RUN_BLOCKS = 18
MAX_RUN_WORDS = 320
# What is shorter than this is no advertisement but a line that happens to sound like one.
MIN_RUN_WORDS = 18
# So many cues make an advert, fewer where its words are strange to the text around it.
MIN_CUES = 3
MIN_STRANGE_CUES = 2
STRANGE = 0.12
# What an advert does and instructions do not: these say "you" and "automatically" as well.
OFFERING = frozenset(
    "offer invitation event asset call-to-action proof readership what-you-get".split()
)


def find_pitches(blocks: Sequence[Block], lexicon: PitchLexicon) -> tuple[Extent, ...]:
    """Return the runs of blocks that read like adverts and not like their article, in order."""
    readings = with_ties(read_blocks(blocks, lexicon), blocks)
    runs = [run for run in best_runs([each.points for each in readings]) if run.points > 0]
    wholes = (with_edges(run, readings, blocks) for run in runs)
    found = joined((run for run in wholes if _is_advert(run, readings, lexicon)), readings)
    opening = find_opening(readings, blocks)
    if opening and _is_sized(readings[opening.start : opening.end]):
        found = [opening, *(run for run in found if run.start >= opening.end)]
    return tuple(_extent(run, readings, blocks, lexicon) for run in found)


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


def _is_sized(own: Sequence[Reading]) -> bool:
    words = sum(reading.words for reading in own)
    return MIN_RUN_WORDS <= words <= MAX_RUN_WORDS and len(own) <= MAX_RUN_BLOCKS


def _is_advert(run: Run, readings: Sequence[Reading], lexicon: PitchLexicon) -> bool:
    own = readings[run.start : run.end]
    if not _is_sized(own) or len(own) >= len(readings):
        return False
    if run.points + (lexicon.top if run.start == 0 else 0) < lexicon.least:
        return False
    cues = {cue for reading in own for cue in reading.cues if cue not in EDITORIAL}
    is_strange = mean_strangeness(own) >= STRANGE and not cues.isdisjoint(OFFERING)
    return len(cues) >= (MIN_STRANGE_CUES if is_strange else MIN_CUES)


def _extent(
    run: Run, readings: Sequence[Reading], blocks: Sequence[Block], lexicon: PitchLexicon
) -> Extent:
    own = readings[run.start : run.end]
    cues = dict.fromkeys(cue for each in own for cue in each.cues)
    first = blocks[run.start]
    is_headed = first.kind == "heading"
    seen = f"reads like an advert: {', '.join(cues)}"
    is_strange = mean_strangeness(own) >= STRANGE
    return Extent(
        start=run.start, end=run.end, rule="pitch", label=None, named=None,
        headline=first.text if is_headed else None, confidence=lexicon.confidence,
        has_head=is_headed,
        seen=f"{seen}; its words are strange to the text around" if is_strange else seen,
    )  # fmt: skip
