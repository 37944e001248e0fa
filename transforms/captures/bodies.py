"""Lines of a post or article to blocks: paragraphs, list items, code, captions, rules."""

import hashlib
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from transforms.blocks import Anchor, Block, BlockKind
from transforms.captures.code import code_end, is_code
from transforms.captures.lines import tidy
from transforms.captures.rules import CaptureRules, matches

_BULLET = re.compile(r"^\s*(?P<mark>[•‣◦▪▫●○■□·∙⁃*]|[-–](?=\s))\s*(?=\S)")
_NUMBER = re.compile(r"^\s*(?P<number>\d{1,2})[.)]\s+(?=\S)")
_CITATION = re.compile(r"^\[\d{1,3}\]\s*\S")
_RULE = re.compile(r"^\s*(?:[-*_=~—–]\s?){3,}\s*$|^\s*(?:—|–|[•·*]\s[•·*]\s[•·*]|⁂|§)\s*$")
_FENCE = re.compile(r"^\s*(?:```|~~~)")
_URL = re.compile(r"https?://[^\s<>\"“”‘’「」，。）】]+")
_ENDS_SENTENCE = re.compile(r"[.!?:;…。！？：][\"”’')\]]*$")
_GOES_ON = re.compile(r"^(?:[.,;:)!?](?:\s|$)|[a-z][\w’'-]*[\s.,;:)])")

# A line under a picture is no paragraph.
MAX_CAPTION_LENGTH = 200


@dataclass(frozen=True, slots=True)
class Unit:
    """A block in the making, with the blank lines above it."""

    kind: BlockKind
    text: str
    gap: int
    indent: int = 0


def read_units(lines: Sequence[str], start: int, end: int, rules: CaptureRules) -> list[Unit]:
    """Return the units of lines[start:end] in order; nothing of the text is lost."""
    units: list[Unit] = []
    place, gap = start, 0
    while place < end:
        if not lines[place].strip():
            gap, place = gap + 1, place + 1
            continue
        made, place = _read_unit(lines, place, end, gap, units, rules)
        units.extend(made)
        gap = 0
    return _without_lone_numbers(units)


def usual_gap(units: Sequence[Unit]) -> int:
    """Return how many blank lines part paragraphs in a capture: mostly one, or none."""
    gaps = Counter(unit.gap for unit in units[1:])
    return gaps.most_common(1)[0][0] if gaps else 1


def blocks_of(units: Sequence[Unit]) -> tuple[Block, ...]:
    """Return the blocks of units, list items as deep as their indent says."""
    depths = sorted({unit.indent for unit in units if unit.kind == "list_item"})
    return tuple(_to_block(unit, depths) for unit in units)


def entry_hash(*parts: str | None) -> str:
    """Return SHA-256 over an entry's own words, blind to line ends and spacing."""
    words = "\n".join(" ".join((part or "").split()) for part in parts)
    return hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()


def _to_block(unit: Unit, depths: Sequence[int]) -> Block:
    """Return the block of a unit, its bare addresses as links; depths are the lists' indents."""
    if unit.kind == "embed":
        return Block("embed", anchors=(Anchor("", unit.text),))
    if unit.kind == "rule":
        return Block("rule")
    level = depths.index(unit.indent) + 1 if unit.kind == "list_item" else 0
    text = unit.text if unit.kind == "code" else tidy(unit.text)
    return Block(unit.kind, text, 2 if unit.kind == "heading" else level, _links_in(unit))


def _links_in(unit: Unit) -> tuple[Anchor, ...]:
    if unit.kind == "code":
        return ()
    found = (match.group().rstrip(".,;:!?)]}'*") for match in _URL.finditer(unit.text))
    return tuple(Anchor(url, url) for url in dict.fromkeys(found))


def _read_unit(
    lines: Sequence[str], place: int, end: int, gap: int, units: list[Unit], rules: CaptureRules
) -> tuple[list[Unit], int]:
    line = lines[place]
    if _RULE.match(line):
        return [Unit("rule", "", gap)], place + 1
    if _FENCE.match(line):
        return _read_fence(lines, place, end, gap)
    bullet = _BULLET.match(line) or _NUMBER.match(line)
    if bullet:
        indent = len(line) - len(line.lstrip())
        number = bullet.groupdict().get("number")
        text = tidy(line[bullet.end() :])
        return [Unit("list_item", f"{number}. {text}" if number else text, gap, indent)], place + 1
    if _CITATION.match(tidy(line)):
        return [Unit("list_item", tidy(line), gap)], place + 1
    after = code_end(lines, place, end)
    if after > place:
        return [Unit("code", "\n".join(lines[place:after]), gap)], after
    return _read_prose(lines, place, gap, units, rules)


def _read_fence(lines: Sequence[str], place: int, end: int, gap: int) -> tuple[list[Unit], int]:
    closing = next((at for at in range(place + 1, end) if _FENCE.match(lines[at])), end)
    text = "\n".join(lines[place + 1 : closing])
    return [Unit("code", text, gap)] if text.strip() else [], min(closing + 1, end)


def _read_prose(
    lines: Sequence[str], place: int, gap: int, units: list[Unit], rules: CaptureRules
) -> tuple[list[Unit], int]:
    embed = rules.blog.embed.match(lines[place].strip())
    if embed:
        rest = tidy(lines[place].strip()[embed.end() :])
        made = [Unit("embed", embed.group().removesuffix("/href"), gap)]
        return [*made, Unit("paragraph", rest, 0)] if rest else made, place + 1
    text, after = tidy(lines[place]), place + 1
    if gap == 0 and units and _continues(units[-1], text):
        whole = units.pop()
        space = "" if text[0] in ".,;:)!?" else " "
        return [replace(whole, text=f"{whole.text}{space}{text}")], after
    kind: BlockKind = "caption" if _is_caption(text, rules) else "paragraph"
    return [Unit(kind, text, gap)], after


def _continues(last: Unit, text: str) -> bool:
    """Tell whether text goes on where the last unit stopped.

    Captures break lines at inline code: "I ran make" / ", then it was".
    """
    if last.kind not in ("paragraph", "list_item") or _ENDS_SENTENCE.search(last.text):
        return False
    return bool(_GOES_ON.match(text)) and not is_code(text)


def _is_caption(text: str, rules: CaptureRules) -> bool:
    return len(text) <= MAX_CAPTION_LENGTH and matches(rules.headings.captions, text) is not None


def _without_lone_numbers(units: list[Unit]) -> list[Unit]:
    """Return the units with the numbers of lists gone, as lists in markup have none.

    A number without its like before or behind it is part of the text.
    """
    done: list[Unit] = []
    for place, unit in enumerate(units):
        match = _NUMBER.match(unit.text) if unit.kind == "list_item" else None
        if not match:
            done.append(unit)
            continue
        number = int(match["number"])
        around = units[max(0, place - 6) : place] + units[place + 1 : place + 7]
        near = {_number_of(each) for each in around}
        if number + 1 in near or number - 1 in near:
            done.append(replace(unit, text=unit.text[match.end() :]))
        else:
            done.append(replace(unit, kind="paragraph"))
    return done


def _number_of(unit: Unit) -> int | None:
    match = _NUMBER.match(unit.text) if unit.kind == "list_item" else None
    return int(match["number"]) if match else None
