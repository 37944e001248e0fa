"""Lines that name the authors of an article."""

import re
from collections.abc import Sequence

from transforms.captures.rules import BlogRules, matches

# By-lines stand among the first lines of an article; some stand at its very end.
MAX_OPENING_LINES = 3
MAX_NAME_WORDS = 5
MAX_BYLINE_LENGTH = 2000

_ROLE_LINE = re.compile(r"^[^|;]{3,60}\s*\|\s*[^|;]{3,}(?:;|$)")
_PARTS = re.compile(r"\s*(?:[,;&/·•|]|\band\b|\bwith\b)\s*")
_PEOPLE = re.compile(r"\s*[;·•]\s*")
_NAME_WORD = re.compile(
    r"^(?:[A-ZÀ-ÞŁŠŽ][\w’'.-]*|de|da|di|du|del|der|den|van|von|la|le|el|al|bin|ibn|y|e|dos|das)$"
)
_ASIDE = re.compile(r"\([^)]*\)|\bon\s+.*$|\s+[-–—]\s+.*$|@\S+")


def find_authors(lines: Sequence[str], rules: BlogRules) -> tuple[str, ...]:
    """Return the names an article's by-line gives, in its order; none where it has no by-line."""
    names: list[str] = []
    for line in lines[:MAX_OPENING_LINES]:
        found = names_in(line, rules)
        if not found:
            break
        names.extend(found)
    if not names:
        names = [
            name
            for line in lines[-2:]
            for name in names_in(line, rules)
            if matches(rules.bylines, line)
        ]
    return tuple(dict.fromkeys(names))


def is_byline(line: str, rules: BlogRules) -> bool:
    """Tell whether a line says who wrote what follows."""
    return bool(names_in(line, rules))


def names_in(line: str, rules: BlogRules) -> tuple[str, ...]:
    """Return the people a by-line names, without their positions; none for another line."""
    if len(line) > MAX_BYLINE_LENGTH:
        return ()
    match = matches(rules.bylines, line.strip())
    if match:
        parts = _PARTS.split(_ASIDE.sub("", match["names"]).strip(" ."))
        # "By using a cache, Anna ..." and "By Monday, nine ovens ..." are sentences.
        is_list = _is_name(parts[0], rules) and not any(_is_prose(part, rules) for part in parts)
        return tuple(part for part in parts if _is_name(part, rules)) if is_list else ()
    if _ROLE_LINE.match(line):
        people = [part.partition("|")[0].strip(" ,") for part in _PEOPLE.split(line) if "|" in part]
        return tuple(people) if people and all(_is_name(each, rules) for each in people) else ()
    return ()


def _is_prose(text: str, rules: BlogRules) -> bool:
    words = text.split()
    has_position = any(word.casefold().strip(".") in rules.position_words for word in words)
    return len(words) > 1 and words[0][0].islower() and not has_position


def _is_name(text: str, rules: BlogRules) -> bool:
    words = text.split()
    if not 1 <= len(words) <= MAX_NAME_WORDS or not words[0][0].isupper():
        return False
    if any(word.casefold().strip(".") in rules.position_words for word in words):
        return False
    return all(_NAME_WORD.match(word) for word in words)
