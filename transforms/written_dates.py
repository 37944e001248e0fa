"""Dates as people write them: month names of many languages, any order, halves of the day.

A numeric date that may be day or month first (03/04/2024) is not read: a wrong date is worse
than none. With full stops (03.04.2024) the day stands first wherever that is written.
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from transforms.clock import Clock, named_zone, read_zone
from transforms.date_words import fold, load_date_words

# A year of two digits from here on belongs to the last century (RFC 5322).
CENTURY_TURNS_AT = 69

_HALF = r"[ap]\.?m\.?(?![a-z])|[πμ]\.?μ\.?(?!\w)"
_TIME = re.compile(
    r"(?:(?P<before>오전|오후|上午|下午|午前|午後)\s*)?(?<!\d)(?P<hour>\d{1,2})"
    r"(?:(?::|h)(?P<minute>\d\d)(?:[:.](?P<second>\d\d)(?:[.,:]\d+)?)?(?!\d)"
    r"|\s?[시時时点](?:\s?(?P<minutes>\d{1,2})\s?[분分])?(?:\s?(?P<seconds>\d{1,2})\s?[초秒])?|(?=\s?[ap]\.?m))"
    rf"\s?(?P<after>{_HALF})?"
)
_OFFSET = re.compile(r"^\s*(?:[a-z]{1,5}\s?)?[+\u2212-]\d{1,2}(?::?\d\d)?(?!\d)")
_NEXT_WORD = re.compile(r"^\s*([a-z]{1,5})\b")
_YEAR_FIRST = re.compile(r"(?<!\d)(\d{4})\s?[-/.年년]\s?(\d{1,2})\s?[-/.月월]\s?(\d{1,2})(?!\d)")
_DOTTED = re.compile(r"(?<!\d)(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4}|\d\d)(?!\d)")
_NUMERIC = re.compile(r"(?<!\d)(\d{1,2})([/-])(\d{1,2})\2(\d{4}|\d\d)(?!\d)")
_WORD = re.compile(r"[^\W\d_]+")
_NUMBER = re.compile(r"\d+")


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenDate:
    """A day with what stands beside it; `is_whole` is False where the day itself is left out."""

    day: date
    clock: Clock | None = None
    zone: timedelta | None = None
    is_whole: bool = True


def read_written(text: str) -> WrittenDate | None:
    """Return the date of a free text, or None; raises ValueError for a day no calendar has."""
    folded = fold(text)
    clock, zone, rest = _take_time(folded)
    numeric = _numeric_day(rest)
    if numeric:
        return WrittenDate(day=numeric, clock=clock, zone=zone)
    named = _named_day(rest)
    if named is None:
        return None
    day, is_whole = named
    return WrittenDate(day=day, clock=clock, zone=zone, is_whole=is_whole)


def full_year(digits: str) -> int:
    """Return a written year in four digits; three are years since 1900, of software before 2000."""
    year = int(digits)
    if len(digits) == 2:
        return year + (1900 if year >= CENTURY_TURNS_AT else 2000)
    return year + 1900 if len(digits) == 3 else year


def _take_time(text: str) -> tuple[Clock | None, timedelta | None, str]:
    """Return the time of day, its zone, and the text without both."""
    match = _TIME.search(text)
    if not match:
        return None, None, text
    before, after = text[: match.start()], text[match.end() :]
    offset = _OFFSET.match(after)
    if offset:
        return _clock(match), read_zone(offset[0]), f"{before} {after[offset.end() :]}"
    word = _NEXT_WORD.match(after)
    zone = named_zone(word[1]) if word else None
    if word and zone is not None:
        after = after[word.end() :]
    return _clock(match), zone, f"{before} {after}"


def _clock(match: re.Match[str]) -> Clock:
    words = load_date_words()
    hour, half = int(match["hour"]), match["before"] or match["after"]
    if half in words.morning and hour == 12:
        hour = 0
    elif half in words.afternoon and hour < 12:
        hour += 12
    minute = match["minute"] or match["minutes"] or 0
    return Clock(
        hour=hour, minute=int(minute), second=int(match["second"] or match["seconds"] or 0)
    )


def _numeric_day(text: str) -> date | None:
    match = _YEAR_FIRST.search(text)
    if match:
        return date(int(match[1]), int(match[2]), int(match[3]))
    match = _DOTTED.search(text)
    if match:
        return date(full_year(match[3]), int(match[2]), int(match[1]))
    match = _NUMERIC.search(text)
    if not match:
        return None
    first, second, year = int(match[1]), int(match[3]), full_year(match[4])
    if first > 12 or first == second:
        return date(year, second, first)
    return date(year, first, second) if second > 12 else None


def _named_day(text: str) -> tuple[date, bool] | None:
    month = _named_month(text)
    numbers = _NUMBER.findall(text)
    if month is None or not 1 <= len(numbers) <= 2:
        return None
    if len(numbers) == 1:
        return (date(int(numbers[0]), month, 1), False) if len(numbers[0]) == 4 else None
    day, year = numbers if len(numbers[0]) <= 2 else numbers[::-1]
    return date(full_year(year), month, int(day)), True


def _named_month(text: str) -> int | None:
    """Return the one month that is named; a weekday that reads like one (mar.) stands first."""
    months = load_date_words().months
    found = [(word.start(), months[word[0]]) for word in _WORD.finditer(text) if word[0] in months]
    if len({month for _, month in found}) > 1:
        number = _NUMBER.search(text)
        found = [pair for pair in found if number and pair[0] > number.start()]
    numbers = {month for _, month in found}
    return numbers.pop() if len(numbers) == 1 else None
