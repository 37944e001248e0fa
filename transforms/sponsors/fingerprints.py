"""Recurring copy: an advertisement that ran before is recognised by its words, and so is who pays.

Word shingles, hashed; two copies are one creative when most shingles of the shorter are in the
longer, so that small edits, a lost headline and a lost call to action do not matter.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from itertools import pairwise
from zlib import crc32

# Four words in a row: three are shared by unrelated English texts, five miss small edits.
SHINGLE_WORDS = 4
# Share of the shorter copy's shingles that must be in the other, and how many at least.
MIN_SHARE = 0.5
MIN_SHARED = 8
# An unmarked run must hold this share of the known copy itself and so many of its shingles: one
# line in common is a publication's own boilerplate.
MIN_RUN_SHARE = 0.5
MIN_RUN_SHARED = 18
# A line of an unmarked copy holds this share of its shingles in the known one.
MIN_LINE_SHARE = 0.6
# Lines of one run are no further apart: lines that were edited stand between them.
MAX_RUN_GAP = 5
# Copies with this share in common are runs of one creative: each edited word costs four shingles.
SAME_CREATIVE_SHARE = 0.6

_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownCopy:
    """A copy whose sponsor is known, with where it ran."""

    placement_id: str
    article_id: str
    sponsor_id: str
    sponsor_name: str
    sponsor_domain: str | None
    text: str
    published_at: datetime | None
    confidence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyMatch:
    """A known copy found again, and how much of the shorter text is shared."""

    copy: KnownCopy
    share: float
    shared: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyRun:
    """Lines [start, end) of a text that are a known copy."""

    start: int
    end: int
    match: CopyMatch


@dataclass(slots=True)
class CopyIndex:
    """Known copies by their shingles; the earliest run of a copy comes first."""

    copies: list[KnownCopy] = field(default_factory=list)
    _by_shingle: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))

    @classmethod
    def of(cls, copies: Iterable[KnownCopy]) -> "CopyIndex":
        """Return an index over copies, the same whatever order they come in."""
        index = cls(copies=sorted(copies, key=_age))
        for place, copy in enumerate(index.copies):
            for shingle in shingles(copy.text):
                index._by_shingle[shingle].append(place)
        # Words in the copies of two sponsors are the publication's and tell neither.
        for shingle, places in list(index._by_shingle.items()):
            if len({index.copies[place].sponsor_id for place in places}) > 1:
                del index._by_shingle[shingle]
        return index

    def find(self, text: str, *, not_in: str | None = None) -> CopyMatch | None:
        """Return the known copy that a text repeats, the earliest of the best; None for none.

        `not_in` is an article whose own copies do not count.
        """
        own = shingles(text)
        counts = Counter(place for shingle in own for place in self._by_shingle.get(shingle, ()))
        matches = [
            CopyMatch(copy=copy, share=shared / min(len(own), size), shared=shared)
            for place, shared in sorted(counts.items())
            if shared >= MIN_SHARED
            for copy in [self.copies[place]]
            for size in [len(shingles(copy.text))]
            if copy.article_id != not_in and shared >= MIN_SHARE * min(len(own), size)
        ]
        return max(matches, key=lambda match: round(match.share, 2), default=None)

    def find_runs(self, lines: Sequence[str], *, not_in: str | None = None) -> list[CopyRun]:
        """Return the stretches of a text that repeat a known copy, in order.

        Lines of known copies that stand far from each other are of different runs: what lies
        between is the article's.
        """
        held = [place for place, line in enumerate(lines) if self._holds(line)]
        starts = [n for n, at in enumerate(held) if not n or at - held[n - 1] > MAX_RUN_GAP]
        groups = [held[one:other] for one, other in pairwise([*starts, len(held)])]
        runs = (self._run(lines, group[0], group[-1] + 1, not_in) for group in groups)
        return [run for run in runs if run]

    def _run(
        self, lines: Sequence[str], start: int, end: int, not_in: str | None
    ) -> CopyRun | None:
        match = self.find("\n".join(lines[start:end]), not_in=not_in)
        if match is None or match.shared < MIN_RUN_SHARED:
            return None
        is_whole = match.shared >= MIN_RUN_SHARE * len(shingles(match.copy.text))
        return CopyRun(start=start, end=end, match=match) if is_whole else None

    def _holds(self, line: str) -> bool:
        own = shingles(line)
        shared = sum(shingle in self._by_shingle for shingle in own)
        return bool(own) and shared >= MIN_LINE_SHARE * len(own)


@lru_cache(maxsize=8_192)
def shingles(text: str) -> frozenset[int]:
    """Return the hashed shingles of a text, none for one of fewer words."""
    words = _WORD.findall(text.casefold())
    return frozenset(
        crc32(" ".join(words[place : place + SHINGLE_WORDS]).encode())
        for place in range(len(words) - SHINGLE_WORDS + 1)
    )


def is_same_creative(one: str, other: str) -> bool:
    """Tell whether two copies are runs of one creative, small edits aside."""
    first, second = shingles(one), shingles(other)
    smaller = min(len(first), len(second))
    return smaller > 0 and len(first & second) >= SAME_CREATIVE_SHARE * smaller


def _age(copy: KnownCopy) -> tuple[bool, float, str]:
    at = copy.published_at
    return at is None, at.timestamp() if at else 0.0, copy.placement_id
