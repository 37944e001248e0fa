"""Headings of posts whose markup is gone: short lines that stand alone and head what follows."""

import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import replace

from transforms.captures.bodies import Unit
from transforms.captures.lines import tidy
from transforms.captures.rules import HeadingRules, matches

MAX_HEADING_WORDS = 16
MAX_HEADING_LENGTH = 120
# A label may stand behind a whole sentence of advertisement.
MAX_LABEL_WORDS = 30
# So many words make a line text that a heading can head, full stop or not.
MIN_TEXT_WORDS = 12
# Of the words that titles capitalise so many begin with a capital.
MIN_CAPITAL_SHARE = 0.75
# A feed that writes headings as sentences has at least so many of them in a capture.
MIN_SENTENCE_HEADINGS = 3
# Advertising copy was never longer than so many blocks.
MAX_COPY_UNITS = 25
# More headings in a row than a chapter's and a section's are a list that lost its bullets.
MAX_HEADINGS_IN_A_ROW = 2

_CLOSING_MARK = re.compile(r"[.,;:…。，；：][\"”’')\]]*$")
_ASKS = re.compile(r"[?!？！][\"”’')\]]*$")
_OPENING = re.compile(r"^[^\w]*(?P<word>\w+)")
_SERIES = re.compile(
    r"^(?P<name>[A-Z]\w+) (?:#\s?)?(?:\d{1,2}|[IVX]{1,4}|One|Two|Three|Four|Five)\s*[:.–—-]\s+\S"
)


def mark_headings(
    units: Sequence[Unit], rules: HeadingRules, *, usual: int, is_sentence_style: bool
) -> list[Unit]:
    """Return a post's units with its headings marked; `usual` blank lines part its paragraphs."""
    copy = _copy_places(units, rules, usual)
    listed = _listed(units)
    series = _series(units)
    likely = [
        place not in copy
        and _is_likely(units, place, rules, usual, listed, series, is_sentence_style)
        for place in range(len(units))
    ]
    marked = []
    for place, unit in enumerate(units):
        labelled = is_labelled(unit, rules)
        heads = labelled or (likely[place] and _heads_text(units, place, likely, rules, usual))
        marked.append(replace(unit, kind="heading") if heads else unit)
    return _without_lists(marked, listed, rules)


def is_labelled(unit: Unit, rules: HeadingRules) -> bool:
    """Tell whether a line is headed "(Sponsored)" or the like."""
    if unit.kind not in ("paragraph", "heading") or len(unit.text.split()) > MAX_LABEL_WORDS:
        return False
    return matches(rules.sponsor_labels, tidy(unit.text)) is not None


def writes_sentences(posts: Sequence[Sequence[Unit]], rules: HeadingRules, usual: int) -> bool:
    """Tell whether a capture's headings are written as sentences, not as titles."""
    counts = Counter(
        is_title_case(unit.text, rules)
        for units in posts
        for place, unit in enumerate(units)
        if _is_short_line(units, place, rules, usual)
        and not _ASKS.search(unit.text)
        and place + 1 < len(units)
    )
    return counts[False] >= MIN_SENTENCE_HEADINGS and counts[False] > counts[True]


def is_title_case(text: str, rules: HeadingRules) -> bool:
    """Tell whether the words of a line begin with capitals, as those of titles do."""
    words = [
        word
        for word in re.findall(r"[\w’'.+#/-]*\w[\w’'.+#/-]*", text)
        if any(map(str.isalpha, word))
    ]
    if not words:
        return False
    first = _OPENING.match(text)
    if first is None or _is_small(first["word"]):
        return False
    content = [
        word for word in words if word.lower().strip(".'’") not in rules.small_words
    ] or words[:1]
    capital = sum(not _is_small(word) for word in content)
    return capital >= len(content) * MIN_CAPITAL_SHARE


def _is_small(word: str) -> bool:
    """Tell whether a word has no capital where it could; gRPC and iOS have theirs."""
    return word[0].islower() and not any(map(str.isupper, word))


def _is_likely(
    units: Sequence[Unit],
    place: int,
    rules: HeadingRules,
    usual: int,
    listed: Collection[str],
    series: Collection[str],
    is_sentence_style: bool,  # noqa: FBT001
) -> bool:
    text = units[place].text
    if not _stands_alone(units, place, usual):
        return False
    name = _SERIES.match(text)
    if (name and name["name"] in series) or _key(text) in listed:
        return len(text) <= MAX_HEADING_LENGTH and not text.endswith(":")
    if not _is_short_line(units, place, rules, usual):
        return False
    return is_sentence_style or is_title_case(text, rules)


def _is_short_line(units: Sequence[Unit], place: int, rules: HeadingRules, usual: int) -> bool:
    text = units[place].text
    if not _stands_alone(units, place, usual) or len(text) > MAX_HEADING_LENGTH:
        return False
    if len(text.split()) > MAX_HEADING_WORDS or _CLOSING_MARK.search(text) or "://" in text:
        return False
    if any(
        matches(each, text) for each in (rules.pointers, rules.references, rules.buttons)
    ) or _is_cut(text, rules):
        return False
    opening = _OPENING.match(text)
    return (
        opening is not None
        and not _is_small(opening["word"])
        and not text.endswith(("→", "➝", "»", ">>"))
    )


def _stands_alone(units: Sequence[Unit], place: int, usual: int) -> bool:
    unit = units[place]
    if unit.kind != "paragraph" or "\n" in unit.text:
        return False
    is_parted = unit.gap >= usual or place == 0
    return is_parted and (place + 1 == len(units) or units[place + 1].gap >= usual)


def _heads_text(
    units: Sequence[Unit], place: int, likely: Sequence[bool], rules: HeadingRules, usual: int
) -> bool:
    """Tell whether text follows that a line can head: not a rule, not the end, not another call."""
    if place + 1 >= len(units):
        return False
    below = units[place + 1]
    if below.kind == "rule" or below.gap > max(usual, 1):
        return False
    if below.kind != "paragraph" or likely[place + 1] or is_labelled(below, rules):
        return True
    if _is_cut(below.text, rules):
        return True
    return len(below.text.split()) >= MIN_TEXT_WORDS or bool(
        re.search(r"[.!?:。！？…][\"”’')\]]*$", below.text)
    )


def _is_cut(text: str, rules: HeadingRules) -> bool:
    return text.casefold().strip(" .…→➝»>:!") in rules.cut_labels


def _listed(units: Sequence[Unit]) -> frozenset[str]:
    """Return the items of a post's lists, one of which a digest opens with: its headings."""
    return frozenset(_key(unit.text) for unit in units if unit.kind == "list_item")


def _series(units: Sequence[Unit]) -> frozenset[str]:
    """Return the words that number several lines of a post (Stage 1: …, Stage 2: …)."""
    lines = (
        unit.text
        for unit in units
        if unit.kind == "paragraph" and len(unit.text) <= MAX_HEADING_LENGTH
    )
    names = Counter(match["name"] for line in lines if (match := _SERIES.match(line)))
    return frozenset(name for name, count in names.items() if count >= 2)


def _copy_places(units: Sequence[Unit], rules: HeadingRules, usual: int) -> frozenset[int]:
    """Return the places of labelled copy that a rule closes: its short lines head nothing."""
    places: set[int] = set()
    for start, unit in enumerate(units):
        if is_labelled(unit, rules):
            reach = range(start + 1, min(len(units), start + 1 + MAX_COPY_UNITS))
            closing = next(
                (at for at in reach if units[at].kind == "rule" or units[at].gap > max(usual, 1)),
                None,
            )
            places.update(range(start, closing or start + 1))
    return frozenset(places)


def _without_lists(units: list[Unit], listed: Collection[str], rules: HeadingRules) -> list[Unit]:
    """Return the units without runs of headings that are a list; what the list names stays."""
    done, place = list(units), 0
    while place < len(done):
        end = place
        while end < len(done) and done[end].kind == "heading" and not is_labelled(done[end], rules):
            end += 1
        if end - place > MAX_HEADINGS_IN_A_ROW:
            run = range(place, end - (_key(done[end - 1].text) in listed))
            done[place : run.stop] = [replace(done[at], kind="paragraph") for at in run]
        place = end + 1
    return done


def _key(text: str) -> str:
    return re.sub(r"\W+", "", text.casefold())
