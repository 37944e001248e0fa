"""The words of written dates, as read from lexicons/dates.toml."""

import tomllib
import unicodedata
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

MIN_MONTH_LETTERS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class DateWords:
    """Folded words with what they mean."""

    months: dict[str, int]
    """Names and beginnings of names that mean one month only, 1 to 12."""
    zones: dict[str, float]
    """Hours east of Greenwich."""
    morning: frozenset[str]
    afternoon: frozenset[str]


@cache
def load_date_words() -> DateWords:
    """Return the date words of the package, read at the first date that needs them."""
    text = files("transforms").joinpath("lexicons/dates.toml").read_text(encoding="utf-8")
    data = tomllib.loads(text)
    return DateWords(
        months=_months(data["months"]),
        zones={name: float(hours) for name, hours in data["zones"].items()},
        morning=frozenset(map(fold, data["halves"]["morning"])),
        afternoon=frozenset(map(fold, data["halves"]["afternoon"])),
    )


def fold(text: str) -> str:
    """Return text without case, accents and wide forms of digits."""
    parts = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(part for part in parts if not unicodedata.combining(part))
    # Hangul syllables were taken apart with the accents.
    return unicodedata.normalize("NFC", bare)


def _months(languages: dict[str, list[str]]) -> dict[str, int]:
    whole: dict[str, set[int]] = {}
    cut: dict[str, set[int]] = {}
    for names in languages.values():
        for number, alternatives in enumerate(names, start=1):
            for name in map(fold, alternatives.split("|")):
                whole.setdefault(name, set()).add(number)
                for length in range(MIN_MONTH_LETTERS, len(name)):
                    cut.setdefault(name[:length], set()).add(number)
    clear = {word: min(numbers) for word, numbers in (cut | whole).items() if len(numbers) == 1}
    # English abbreviations stand in feeds of every language.
    english = {name[:3]: number for number, name in enumerate(languages["en"], start=1)}
    return clear | english
