"""Where an advert that nothing marks begins and ends, and one that stands above its article."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from transforms.blocks import Block
from transforms.sponsors.readings import LINE_WORDS, Reading, mean_strangeness

# At the top an advert may begin with neutral prose, so many blocks of so many words at most.
MAX_TOP_BLOCKS = 3
MAX_TOP_WORDS = 90
# What leads up to a pitch shares few words with the article: so strange, so many blocks.
MIN_LEADING = 0.08
MAX_LEADING_BLOCKS = 2
# A list that an advert announces ("You will learn:") has so many items of so many words.
MAX_ITEMS = 6
MAX_ITEM_WORDS = 24
MIN_ITEM = -0.15
# So many blocks of no tone may part the two ends of a copy.
MAX_PARTING = 1
# An article names its subject, or says that it begins, within so many blocks of an advert's start.
MAX_OPENING_BLOCKS = 14
# What stands above that is an advert where it speaks like one and shares few words with the rest:
# the less it shares, the less it need speak so.
OPENING_PITCH = 2.0
OPENING_CUES = 2
OPENING_POINTS = 4.0
OPENING_TIE_POINTS = 10.0
SURE_PITCH = 1.5
_ADDRESSING = frozenset(
    {"second-person", "your-team", "offer", "invitation", "event", "asset", "call-to-action"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """Blocks [start, end) that add up."""

    start: int
    end: int
    points: float


def with_edges(run: Run, readings: Sequence[Reading], blocks: Sequence[Block]) -> Run:
    """Return a run with what stands around it: what leads up to it, and the list it announces."""
    start, end = run.start, run.end
    above = readings[:start]
    if start <= MAX_TOP_BLOCKS and all(_is_neutral(each, MAX_TOP_WORDS) for each in above):
        start = 0
    floor = max(0, start - MAX_LEADING_BLOCKS)
    while start > floor and _leads_up(readings[start - 1]):
        start -= 1
    while end < len(readings) and _is_tail(readings[end]):
        end += 1
    return Run(start=start, end=_end_of_list(start, end, readings, blocks), points=run.points)


def joined(runs: Iterable[Run], readings: Sequence[Reading]) -> list[Run]:
    """Return runs in order, those that touch or nearly do made one: a list parts a copy's ends."""
    done: list[Run] = []
    for run in runs:
        last = done[-1] if done else None
        if last is None or not _is_near(readings[last.end : run.start]):
            done.append(run)
            continue
        points, end = last.points + run.points, max(last.end, run.end)
        done[-1] = Run(start=last.start, end=end, points=points)
    return done


def _is_near(between: Sequence[Reading]) -> bool:
    return len(between) <= MAX_PARTING and not any(_opens(each) for each in between)


def find_opening(readings: Sequence[Reading], blocks: Sequence[Block]) -> Run | None:
    """Return the advert above the article's own text, None where there is none.

    It ends where it stands out most, and no later than where the article names its subject for
    the first time or says that it begins.
    """
    limit = min(len(readings), MAX_OPENING_BLOCKS)
    last = next((n for n in range(limit) if _opens(readings[n])), 0)
    points = [_opening_points(readings[:end]) for end in range(1, last + 1)]
    if max(points, default=0.0) < OPENING_POINTS:
        return None
    end = 1 + max(range(last), key=lambda place: points[place])
    own = readings[:end]
    cues = {cue for each in own for cue in each.cues if each.pitch > 0}
    if len(cues) < OPENING_CUES or cues.isdisjoint(_ADDRESSING):
        return None
    end = min(last, _end_of_list(0, end, readings, blocks))
    return Run(start=0, end=end, points=points[end - 1])


def _opens(reading: Reading) -> bool:
    """Tell the article's first words; a pitch may name what the article is about as well."""
    return reading.is_articles or (reading.is_subject and reading.pitch < SURE_PITCH)


def _opening_points(own: Sequence[Reading]) -> float:
    pitch = sum(each.pitch for each in own)
    if pitch < OPENING_PITCH:
        return 0.0
    return pitch + OPENING_TIE_POINTS * mean_strangeness(own)


def _end_of_list(start: int, end: int, readings: Sequence[Reading], blocks: Sequence[Block]) -> int:
    """Return where the last list ends that a run announces with a colon."""
    announced = [n for n in range(start, end) if _announces(blocks[n])]
    if not announced:
        return end
    last = first = announced[-1] + 1
    limit = min(len(readings), last + MAX_ITEMS)
    while last < limit and _is_item(readings[last]) and _is_like(blocks[last], blocks[first]):
        last += 1
    return max(end, last)


def _is_like(item: Block, first: Block) -> bool:
    """Tell items of one list: all of them are sentences or none is."""
    return not _announces(item) and item.text.endswith(".") == first.text.endswith(".")


def _announces(block: Block) -> bool:
    return block.text.rstrip().endswith((":", "："))


def _is_item(reading: Reading) -> bool:
    is_own = not reading.is_subject and reading.strangeness >= MIN_ITEM
    return 0 < reading.words <= MAX_ITEM_WORDS and is_own and not reading.is_articles


def _is_tail(reading: Reading) -> bool:
    return reading.pitch > 0 and reading.points > -0.5 and not reading.is_articles


def _leads_up(reading: Reading) -> bool:
    is_own = not reading.is_subject and not reading.is_editorial
    return is_own and reading.words > 0 and reading.strangeness >= MIN_LEADING


def _is_neutral(reading: Reading, limit: int = LINE_WORDS) -> bool:
    return reading.words <= limit and not reading.is_editorial and reading.points > -2
