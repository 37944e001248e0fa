"""Attributes that call an element an advertisement: classes, ids, labels for screen readers."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

# Where one word ends and the next begins: "sponsor-block", "sponsor_block", "sponsorBlock".
_PARTS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+")
_DENIALS = frozenset({"", "false", "no", "0", "none", "off"})


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class MarkWords:
    """What attributes of advertisements are made of, as data (lexicons/furniture.toml).

    Compared by identity: there is one, and each element of each page asks it.
    """

    hints: tuple[str, ...] = ()
    """A page whose markup holds none of these, in small letters, marks no advertisement."""
    words: frozenset[str] = frozenset()
    """A class or id with one of these is an advertisement's."""
    spaces: frozenset[str] = frozenset()
    """What stands beside `ad` or `ads` in one: an ad-block, a banner-ad."""
    exceptions: frozenset[str] = frozenset()
    """With one of these it is not: `sponsor-us`, `no-ads`, `tag-sponsor`."""
    labels: tuple[re.Pattern[str], ...] = ()
    """Accessible names of advertisements."""
    types: tuple[str, ...] = ()
    """Endings of schema.org types of advertisements."""
    affiliates: re.Pattern[str] | None = None
    """Addresses that pay a share of what is sold, not for the place."""
    data_names: frozenset[str] = frozenset()
    """Data attributes that only advertisements have, unless they say no."""


def may_mark(markup: str, words: MarkWords) -> bool:
    """Tell quickly whether some markup may mark an advertisement at all."""
    small = markup.lower()
    return any(hint in small for hint in words.hints)


def find_mark(attributes: Mapping[str, str], words: MarkWords) -> str | None:
    """Return the attribute that calls an element an advertisement, None where none does."""
    for name in ("class", "id"):
        value = attributes.get(name)
        if value and (token := _token_of(value, words)):
            return f'{name}="{token}"'
    label = attributes.get("aria-label")
    if label and any(pattern.search(label.strip()) for pattern in words.labels):
        return f'aria-label="{label.strip()}"'
    kind = attributes.get("itemtype")
    if kind and kind.endswith(words.types):
        return f'itemtype="{kind}"'
    for name in words.data_names.intersection(attributes):
        value = attributes[name]
        if value.strip().casefold() not in _DENIALS:
            return f'{name}="{value[:40]}"'
    return None


def says_sponsored(rel: str | None, url: str, words: MarkWords) -> bool:
    """Tell a link that its markup declares as paid for, affiliate links aside.

    Search engines ask for `rel="sponsored"` on both.
    """
    is_declared = bool(rel) and "sponsored" in (rel or "").casefold().split()
    return is_declared and not (words.affiliates and words.affiliates.search(url))


@lru_cache(maxsize=8_192)
def _token_of(value: str, words: MarkWords) -> str | None:
    """Return the class or id that is an advertisement's: whole words, so "loads" is none."""
    return next((token for token in value.split() if _is_marked(token, words)), None)


def _is_marked(token: str, words: MarkWords) -> bool:
    parts = [part.casefold() for part in _PARTS.findall(token)]
    if not words.exceptions.isdisjoint(parts):
        return False
    if not words.words.isdisjoint(parts) or parts in (["ad"], ["ads"]):
        return True
    places = [place for place, part in enumerate(parts) if part in ("ad", "ads")]
    beside = {parts[n] for at in places for n in (at - 1, at + 1) if 0 <= n < len(parts)}
    return not words.spaces.isdisjoint(beside)
