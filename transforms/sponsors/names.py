"""Names behind a label: "Sponsored by A, B and C" names three, each with its link if it has one."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from transforms.blocks import Block
from transforms.sponsors.labels import Hit, spans_of

# A name is a few words; what is longer is a clause about it.
MAX_NAME_WORDS = 6
# Even several names take no more letters than this.
MAX_NAMES_CHARS = 600
_END = re.compile(
    r"[!?。！？；;…\n]|\.(?=\s|$)|:(?=\s)|：|\s[—–-]+\s|[—–]|\s[(（]|,\s(?:code|use|promo|coupon|save|get|now|\d)\b|[,，、]?\s(?:who|which|where|that|whose|whom|the|a|an|makers?|your|our"
    r"|is|are|has|have|makes|helps|lets|offers|provides|gives|to|for|because|with|on|in|this|der|die|das|ein|eine|qui|que|une?|el|la|get|use|check|visit|go|try|if|now)\b",
    re.IGNORECASE,
)
_BETWEEN = re.compile(
    r"\s?(?:,|，|、|;|\band\b|\bund\b|\bet\b|\by\b|\be\b|&(?=\s)|和|与|及|\+|/(?=\s))\s?"
)
# What stands beside a name: "Shortcut (formerly X)", "Acme, a Y company", "Acme- we are hiring".
_ASIDE = re.compile(r"(?<=\w{2})(?:\s[(（]|,\s(?:an?|the|now|formerly|by)\s|:\s|\s?[-–—]\s)")
_QUOTES = " \t\"'“”‘’«»「」『』*_.,:：!！|·•–—-"
_DOMAIN_LIKE = re.compile(r"^[\w-]+(?:\.[\w-]+)+$")


@dataclass(frozen=True, slots=True)
class Named:
    """A name as written, and the address of its link."""

    name: str
    url: str | None = None


def names_behind(block: Block, hit: Hit) -> tuple[Named, ...]:
    """Return the names that follow a label in its block, none for a label that ends the block."""
    if hit.name:
        start = block.text.find(hit.name, hit.start)
        return _named(block, start, start + len(hit.name))
    end = _END.search(block.text, hit.end)
    stop = min(end.start() if end else len(block.text), hit.end + MAX_NAMES_CHARS)
    linked = [span for span in spans_of(block) if hit.end - 1 <= span[0] <= stop]
    if linked:
        stop = max(stop, linked[0][1])
    return _named(block, hit.end, stop)


def clean_name(text: str) -> str | None:
    """Return a name without quotes and signs around it, None for what cannot be one."""
    name = re.sub(
        r"^(?:the (?:folks|team|people) (?:at|behind)|our friends at|friends at)\s+",
        "",
        text.strip(_QUOTES),
        flags=re.IGNORECASE,
    )
    name = _ASIDE.split(name, maxsplit=1)[0].strip(_QUOTES)
    words = name.split()
    if not words or len(words) > MAX_NAME_WORDS or not any(letter.isalnum() for letter in name):
        return None
    first = next(letter for letter in name if letter.isalnum())
    is_like_name = first.isupper() or first.isdigit() or not first.isascii()
    is_like_name = is_like_name or bool(_DOMAIN_LIKE.match(name)) or any(c.isupper() for c in name)
    return name if is_like_name else None


def _named(block: Block, start: int, stop: int) -> tuple[Named, ...]:
    linked = [span for span in spans_of(block) if span[0] < stop and span[1] > start]
    if linked:
        found = [_linked(block, number) for _, _, number in linked]
        return tuple(dict.fromkeys(each for each in found if each))
    return tuple(_listed(block.text[start:stop]))


def _linked(block: Block, number: int) -> Named | None:
    anchor = block.anchors[number]
    inside = _END.search(anchor.text)
    name = clean_name(anchor.text[: inside.start()] if inside and inside.start() else anchor.text)
    return Named(name, anchor.url) if name else None


def _listed(text: str) -> Iterator[Named]:
    pieces = [clean_name(piece) for piece in _BETWEEN.split(text)]
    names = [piece for piece in pieces if piece]
    if len(names) < len([piece for piece in _BETWEEN.split(text) if piece.strip(_QUOTES)]):
        whole = clean_name(text)  # "Rise and Shine" is one name when its parts are none
        names = [whole] if whole else names[:1]
    # "Quill & Co", "Procter and Gamble": two pieces without a comma are one name.
    if len(names) == 2 and not re.search(r"[,，、;]", text) and re.search(r"&|\+", text):
        names = [text.strip(_QUOTES)]
    yield from (Named(name) for name in names)
