"""What an edit changed, word by word: two texts in, the paragraphs that differ out."""

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import groupby
from typing import Literal, NamedTuple

Sort = Literal["same", "gone", "new"]

_LINE_END = "\n"
_AROUND = 12
"""Unchanged words that are shown beside a change, as what it stands in."""
_GAP = "…"


class Stretch(NamedTuple):
    """Words of a paragraph that an edit left, took or brought."""

    sort: Sort
    text: str


class Change(NamedTuple):
    """Paragraphs that differ, and how many unchanged ones stand before them."""

    skipped: int
    paragraphs: tuple[tuple[Stretch, ...], ...]


def changes_between(before: str | None, after: str | None) -> list[Change]:
    """Return the paragraphs that differ between two texts, in reading order.

    A paragraph is a line. Long unchanged stretches within one are shortened to the words beside
    the change. White space is no change.
    """
    old, new = _lines(before), _lines(after)
    changes, skipped = [], 0
    for what, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what == "equal":
            skipped += j - i
            continue
        changes.append(Change(skipped, _paragraphs(old[i:j], new[k:m])))
        skipped = 0
    return changes


def _lines(text: str | None) -> list[str]:
    lines = (" ".join(line.split()) for line in (text or "").splitlines())
    return [line for line in lines if line]


def _paragraphs(old: Sequence[str], new: Sequence[str]) -> tuple[tuple[Stretch, ...], ...]:
    words = list(_compared(_words(old), _words(new)))
    lines: list[list[tuple[Sort, str]]] = [[]]
    for sort, word in words:
        if word == _LINE_END:
            lines.append([])
        else:
            lines[-1].append((sort, word))
    return tuple(_stretches(line) for line in lines if line)


def _words(lines: Sequence[str]) -> list[str]:
    return [word for line in lines for word in (*line.split(" "), _LINE_END)]


def _compared(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[Sort, str]]:
    """Yield words as they are read: what is gone stands before what came in its place."""
    matcher = SequenceMatcher(None, old, new)
    for what, i, j, k, m in matcher.get_opcodes():
        if what == "equal":
            yield from (("same", word) for word in old[i:j])
        else:
            yield from (("gone", word) for word in old[i:j])
            yield from (("new", word) for word in new[k:m])


def _stretches(words: Sequence[tuple[Sort, str]]) -> tuple[Stretch, ...]:
    runs = [(sort, [word for _, word in run]) for sort, run in groupby(words, lambda each: each[0])]
    last = len(runs) - 1
    return tuple(
        Stretch(sort, " ".join(_shortened(run, is_first=n == 0, is_last=n == last)))
        if sort == "same"
        else Stretch(sort, " ".join(run))
        for n, (sort, run) in enumerate(runs)
    )


def _shortened(words: list[str], *, is_first: bool, is_last: bool) -> list[str]:
    """Return the words beside a change: the end of what opens a paragraph, else both ends."""
    head, tail = (0 if is_first else _AROUND), (0 if is_last else _AROUND)
    if len(words) <= head + tail + 1 or (is_first and is_last):
        return words
    return [*words[:head], _GAP, *words[len(words) - tail :]]
