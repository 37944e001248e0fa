"""Capture bytes to lines of text, whatever wrote them."""

import codecs
import re

_CONTROL = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufeff\ufffe\uffff\u200b\u2060]|[\ud800-\udfff]"
)
_NEWLINE = re.compile(r"\r\n|[\r\n\u0085\u2028\u2029]")
_SPACE = re.compile(r"[ \t\v\f\u00a0\u2002-\u200a\u202f\u3000]+")
# The four-byte marks begin with the two-byte ones and come first.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# UTF-8 writes a character in at most four bytes: so many may be missing where a file is cut.
_LONGEST_CHARACTER = 4
_LIST_MARK = re.compile(r"^\s*(?:[•‣◦▪▫●○■□∙⁃*]|[-–]\s|\d{1,2}[.)]\s|\d{4}[-/.]\d{1,2}[-/.]\d)")

# Text wrapped at a fixed width has no longer line, and many that are nearly as long.
MAX_WRAPPED_LENGTH = 100
MIN_WRAPPED_LENGTH = 55
MIN_WRAPPED_LINES = 20
WRAP_SLACK = 6


def read_lines(body: bytes) -> list[str]:
    """Return a capture as lines, indentation kept, trailing space and control characters gone."""
    lines = _NEWLINE.split(_decode(body))
    return [_CONTROL.sub("", line).replace("\u00a0", " ").rstrip() for line in lines]


def tidy(line: str) -> str:
    """Return a line with each run of white space as one space."""
    return _SPACE.sub(" ", line).strip()


def _decode(body: bytes) -> str:
    """Return the text: by its byte order mark, as UTF-8, else as Windows writes it."""
    for mark, encoding in _MARKS:
        if body.startswith(mark):
            return body.decode(encoding, "replace")
    if body[1:200:2].count(0) > len(body[1:200:2]) // 2:
        return body.decode("utf-16-le", "replace")
    for missing in range(_LONGEST_CHARACTER):
        try:
            return body[: len(body) - missing].decode("utf-8")
        except UnicodeDecodeError:
            continue
    return body.decode("cp1252", "replace")


def unwrapped(lines: list[str]) -> list[str]:
    """Return the lines of a capture that was wrapped at a fixed width as one line a paragraph.

    A capture with one longer line was not wrapped and is returned as it is.
    """
    longest = max(map(len, lines), default=0)
    long_ones = sum(len(line) >= MIN_WRAPPED_LENGTH for line in lines)
    if longest > MAX_WRAPPED_LENGTH or long_ones < MIN_WRAPPED_LINES:
        return lines
    whole: list[str] = []
    last_length = 0
    for line in lines:
        if whole and _did_not_fit(line, last_length, longest):
            whole[-1] = f"{whole[-1]} {line.strip()}"
        else:
            whole.append(line)
        last_length = len(line)
    return whole


def _did_not_fit(line: str, last_length: int, width: int) -> bool:
    """Tell whether a line stands under another because its first word did not fit there."""
    words = line.split(maxsplit=1)
    opens_own = not words or _LIST_MARK.match(line) is not None
    return (
        not opens_own and last_length + 1 + len(words[0]) > width - WRAP_SLACK and last_length > 0
    )
