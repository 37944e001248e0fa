"""How far the words of a text change at each of its lines."""

import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_WORD = re.compile(r"[^\W\d_][\w’']+")
_NAME = re.compile(r"[A-ZÀ-Þ]\w+")
_QUOTES = " \"“‘('["
_ENDINGS = ("ings", "ing", "ies", "ed", "es", "s")
_MIN_STEM = 4
# Words too common to tell articles apart; two-letter words are left out with them.
_COMMON = frozenset(
    "the and but for from with without are was were been being its this that these those "
    "our your you they their them his her she him not than then there here which who what "
    "when where why how can could will would should may might must does did done have has "
    "had into over under about more most also such each other some any all one two new use "
    "used using like just get make made out only very many much even because while after "
    "before between through way need take able well first still".split()
)


@dataclass(frozen=True, slots=True)
class Change:
    """What a cut before a line would part.

    `gain` is how much better two vocabularies explain the words than one (log-likelihood, with
    one added to each count, as Utiyama and Isahara, ACL 2001); `sharpness` is the gain by word
    of the smaller side; `likeness` is the cosine of the word counts of the sides.
    """

    place: int
    gain: float
    sharpness: float
    likeness: float
    smaller: int


def read_words(line: str) -> list[str]:
    """Return the telling words of a line, lower-cased, without endings."""
    words = (word.lower().replace("’", "'").partition("'")[0] for word in _WORD.findall(line))
    return [_stem(word) for word in words if len(word) > 2 and word not in _COMMON]


def read_names(line: str) -> list[str]:
    """Return the words of a line that have a capital within a sentence: mostly names."""
    found = []
    for match in _NAME.finditer(line):
        before = line[max(0, match.start() - 4) : match.start()].rstrip(_QUOTES)
        if before and before[-1] not in ".!?:…—|":
            found.append(match.group().lower().rstrip("s"))
    return found


def find_changes(words_by_line: Sequence[Sequence[str]]) -> Iterator[Change]:
    """Yield what a cut before each line but the first would part, in one pass over the words."""
    right = Counter(word for words in words_by_line for word in words)
    left: Counter[str] = Counter()
    kinds, total = len(right), sum(right.values())
    whole = _spread(right) - total * math.log(total + kinds) if total else 0.0
    left_spread, right_spread = 0.0, _spread(right)
    dot, left_square, right_square = 0, 0, sum(count * count for count in right.values())
    moved = 0
    for place, words in enumerate(words_by_line[:-1], start=1):
        for word in words:
            here, there = left[word], right[word]
            left_spread += _term(here + 1) - _term(here)
            right_spread += _term(there - 1) - _term(there)
            dot += there - here - 1
            left_square += 2 * here + 1
            right_square -= 2 * there - 1
            left[word], right[word] = here + 1, there - 1
        moved += len(words)
        parted = left_spread - moved * math.log(moved + kinds) if kinds else 0.0
        rest = total - moved
        parted += right_spread - rest * math.log(rest + kinds) if kinds else 0.0
        smaller = min(moved, rest)
        size = math.sqrt(left_square * right_square)
        gain = parted - whole
        yield Change(
            place, gain, gain / smaller if smaller else 0.0, dot / size if size else 1.0, smaller
        )


def _spread(counts: Counter[str]) -> float:
    return sum(_term(count) for count in counts.values())


def _term(count: int) -> float:
    return count * math.log(count + 1)


def _stem(word: str) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _MIN_STEM:
            return word[: -len(ending)]
    return word
