"""Lines of source code in text that lost its markup."""

import re
from collections.abc import Sequence

_CODE_END = re.compile(r"[{(\[;]\s*$|[)}\]]\s*[;,]?\s*$")
_CODE_LINE = re.compile(
    r"^\s*(?:[)}\]]+[;,.)}\]]*|end[).,;]*|else:?|begin|done|fi|try:?|\{|\};?|</?\w[^<>]*>)\s*$"
    r"|^\s*(?:#include|#!|//|/\*|\*/|--\s|# (?:GET|POST|PUT|DELETE|PATCH)\b|@\w+\b)"
    r"|^\s*\$\w*\.?\w*\s*[({=]"
    r"|^\s*(?:def|class|func|fun|function|local|local function|val|var|let|const"
    r"|import|from|require|include|using|package|public|private|protected|static|guard|await|async|return|puts"
    r"|print|echo|export|struct|enum|interface|type|if|elif|elsif|unless|while|for|do|rescue|except|exit|select|insert|update|create)\b.*[=(){}\[\];:|\"'?]"
    r"|^\s*exit \d+$"
    r"|^\s*(?:npm|yarn|pip|git|docker|kubectl|curl|brew|bundle|cargo|ruby|python3?|node|sudo|cd|ls)\s+[\w./~-]+(?:\s+\S+){0,8}$"
    r"|^\s*\.?[\w$]+(?:[.:]+\w+[?!]?)*\s*(?:\+|-|\|\||:)?=\s*\S"
    r"|^\s*\.?[\w$@]+(?:(?:\.|::|->)\w+[?!]?)*[?!]?\([^()]*.*$"
    r"|^\s*\.\w+\("
    r"|^\s*[\w\"'-]+\s*:\s*[\w\"'{\[.-]+,?$"
    r"|=>|\|\w+\||\bdo\s*$"
)
_SENTENCE = re.compile(r"^[\"“‘'(]?[A-Z][^=(){};]*\s[^=(){};]*\s[^={};]*[.!?:…][\"”’')]*$")
# Prose in such brackets and with such ends is common in longer lines.
MAX_CODE_LENGTH = 160


def is_code(line: str) -> bool:
    """Tell whether a line by itself reads as source code, not as a sentence."""
    if len(line) > MAX_CODE_LENGTH or _SENTENCE.match(line.strip()):
        return False
    return bool(_CODE_LINE.search(line)) or (bool(_CODE_END.search(line)) and _is_dense(line))


def code_end(lines: Sequence[str], start: int, end: int) -> int:
    """Return where a run of code that begins at a line ends, start itself where none begins.

    One line that is not plainly code does not end a run: a string, a name, a bare word.
    """
    place, last = start, start
    while place < end and place - last <= 1:
        if is_code(lines[place]):
            last = place + 1
        elif not _may_be_code(lines[place]):
            break
        place += 1
    return last if last - start >= 2 else start


def _may_be_code(line: str) -> bool:
    words = line.split()
    return bool(words) and len(words) <= 8 and not line.rstrip().endswith((".", "!", "?", ":", "…"))


def _is_dense(line: str) -> bool:
    """Tell whether a line has more signs than prose has."""
    signs = sum(not letter.isalnum() and not letter.isspace() for letter in line)
    return signs >= 2 and signs * 6 >= len(line.strip())
