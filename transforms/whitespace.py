"""The text between tags as a reader sees it: spaces, line breaks, invisible characters."""

import re
from itertools import accumulate

# Stands for a line break of the markup until the text around it is whole.
LINE_BREAK = "\x00"

_INVISIBLE = re.compile("[\u00ad\u200b\u2060\ufeff]")
_UNFIT = re.compile("[\ud800-\udfff\ufffe\uffff]")


def tidy(text: str) -> str:
    """Return text on one line, without the characters that only steer line breaks."""
    if not text.isascii():
        text = _UNFIT.sub("", _INVISIBLE.sub("", text))
    return " ".join(text.replace(LINE_BREAK, " ").split())


def code(text: str) -> str:
    """Return program text with its lines and indents, without empty lines around it."""
    return _UNFIT.sub("", text.replace("\r\n", "\n")).strip("\n").rstrip()


def line_breaks(text: str) -> tuple[int, ...]:
    """Return where single line breaks stand in the tidied text."""
    if LINE_BREAK not in text:
        return ()
    lengths = [len(line) for part in text.split(LINE_BREAK) if (line := tidy(part))]
    ends = accumulate(length + 1 for length in lengths[:-1])
    return tuple(end - 1 for end in ends)
