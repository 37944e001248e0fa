"""Labels of paid content: which one a block carries, and whether it is at home there."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from transforms.blocks import Block
from transforms.lexicons.sponsor_lexicon import Label, MarkerLexicon

# A label stands in a line or a title; what is longer is prose that happens to hold its words.
MAX_TITLE_WORDS = 60
MAX_LINE_WORDS = 9
# A label that only its type parts from the words behind it opens copy, not a title.
MIN_LEAD_WORDS = 8
MIN_BOLD_LEAD_WORDS = 5
# Sentences that name the sponsor come early in a block; the rest of a long one is not searched.
MAX_SEARCH_CHARS = 1_200
_TITLED_KINDS = frozenset({"paragraph", "list_item", "table", "caption", "quote"})
CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A label found in a block: text[start:end], and the sponsor it names, if it does."""

    rule: Label
    start: int
    end: int
    text: str
    name: str | None
    publication: str | None = None
    """The title that the label says is sponsored, where it says one."""


def find_label(
    block: Block, markers: MarkerLexicon, own: Sequence[Label] = (), *, has_links: bool = True
) -> Hit | None:
    """Return the label of a block, or None; `own` are the labels of its publisher.

    `has_links` is False for captures that lost all links, where a title cannot be told by its
    link and a short line has to do.
    """
    text = block.text[:MAX_SEARCH_CHARS]
    if block.kind in ("code", "rule", "embed") or not text:
        return None
    kinds = markers.triggers.kinds_in(text)
    if not own and not kinds:
        return None
    for label in (*own, *(label for label in markers.labels if label.needs in kinds)):
        match = label.pattern.search(text)
        if match and is_at_home(label, match, block, has_links=has_links):
            is_news = _goes_on_as_news(label, match, text, markers)
            return None if is_news else _hit(label, match)
    return None


def is_at_home(label: Label, found: re.Match[str], block: Block, *, has_links: bool = True) -> bool:
    """Tell whether a label stands where labels of its kind stand, and not in prose."""
    if block.kind == "image":
        return label.carrier in ("opening", "names", "alone") and bool(block.anchors)
    if _is_abbreviation(found, block.text):
        return False
    words = len(block.text.split())
    match label.carrier:
        case "title":
            is_home = words <= MAX_TITLE_WORDS and _is_title(found, block, has_links=has_links)
        case "tag":
            is_home = words <= MAX_TITLE_WORDS and _touches_title(found, block)
        case "inline":
            is_home = _follows_title(found, block)
        case "lead":
            least = MIN_BOLD_LEAD_WORDS if block.lead else MIN_LEAD_WORDS
            is_home = words >= least and _is_lead(found["label"], block)
        case "alone":
            is_home = words <= MAX_LINE_WORDS and not _leads_within(block)
        case "byline":
            is_line = block.kind in _TITLED_KINDS and words <= MAX_LINE_WORDS
            is_home = is_line and _is_name(found["name"])
        case "opening":
            is_home = _opens_copy(found, block, has_links=has_links)
        case _:
            is_home = True
    return is_home


def spans_of(block: Block) -> list[tuple[int, int, int]]:
    """Return (start, end, number) of each worded link's words in the text of a block."""
    spans, cursor = [], 0
    for number, anchor in enumerate(block.anchors):
        start = block.text.find(anchor.text, cursor) if anchor.text else -1
        if start >= 0:
            cursor = start + len(anchor.text)
            spans.append((start, cursor, number))
    return spans


def opens_with_link(block: Block) -> bool:
    """Tell whether a block begins with a linked title, signs before it left aside."""
    return any(not _WORD.search(block.text[:start]) for start, _, _ in spans_of(block)[:1])


def _hit(label: Label, match: re.Match[str]) -> Hit:
    groups = match.groupdict()
    text = match.group(0).strip() if label.carrier == "title" else groups.get("label")
    return Hit(
        rule=label,
        start=match.start(),
        end=match.end(),
        text=(text or match.group(0)).strip(),
        name=groups.get("name"),
        publication=groups.get("publication"),
    )


def _is_title(match: re.Match[str], block: Block, *, has_links: bool) -> bool:
    if block.kind == "heading" or block.is_linked_only:
        return True
    if not has_links:
        return len(block.text.split()) <= 2 * MAX_LINE_WORDS
    if opens_with_link(block):
        return True
    # "Read: [the title] (ad)": the label follows the link, or stands in it.
    return any(
        start <= match.end() and end >= match.start() - 2 for start, end, _ in spans_of(block)
    )


def _follows_title(match: re.Match[str], block: Block) -> bool:
    """Tell whether a label stands right behind the link that opens its block."""
    spans = spans_of(block)[:1]
    return opens_with_link(block) and any(
        start < match.start() <= end + 2 for start, end, _ in spans
    )


def _opens_copy(found: re.Match[str], block: Block, *, has_links: bool) -> bool:
    """Tell a label before copy, which leads somewhere, from "AD: how tickets are stolen"."""
    if found["label"] == "AD" and block.is_linked_only:
        return False
    if found["label"].casefold() == "promoted":  # also said of people and of pawns
        return any(start == found.end() for start, _, _ in spans_of(block))
    is_linked = any(anchor.url.startswith("http") for anchor in block.anchors)
    return block.kind == "heading" or is_linked or not has_links


def _is_lead(label: str, block: Block) -> bool:
    """Tell a label set apart by its type: it alone is bold, or it alone is in capitals."""
    if block.kind == "heading":
        return False
    lead = " ".join(_WORD.findall(block.lead)).casefold()
    if lead:
        return lead == " ".join(_WORD.findall(label)).casefold()
    return label.isupper() and len(label) > len("SPONSOR") and not block.text.isupper()


def _touches_title(match: re.Match[str], block: Block) -> bool:
    """Tell whether a label stands right before the link that opens its block, or behind it."""
    spans = spans_of(block)
    urls = {block.anchors[number].url for _, _, number in spans}
    # In a table the label may have a cell of its own, and its row more than one link.
    is_title = len(spans) == 1 or (block.kind == "table" and len(urls) == 1)
    if block.kind == "heading" or not is_title:
        return False
    (start, end, _), *_ = spans
    if match.start("label") >= end:
        return opens_with_link(block) and not _WORD.search(block.text[end : match.start("label")])
    return match.end() == start and end - start > len(match["label"])


def _leads_within(block: Block) -> bool:
    """Tell an entry of a list or a table of contents, or a button, from a label above copy."""
    if block.kind == "list_item" and block.is_linked_only:
        return True
    return any("#" in anchor.url or "github.com/sponsors" in anchor.url for anchor in block.anchors)


def _goes_on_as_news(label: Label, match: re.Match[str], text: str, markers: MarkerLexicon) -> bool:
    """Tell bills, funded research and sentences that only begin like a label.

    What follows the label of a title is copy, which may speak of surveys and governments.
    """
    rest = text[match.end() :].lstrip(" :：,-–—|")
    is_by = label.carrier in ("names", "credit")
    return bool(markers.officials.match(rest) or (is_by and markers.prose.match(rest)))


def _is_abbreviation(match: re.Match[str], text: str) -> bool:
    """Tell "Active Directory (AD)" and "pull request (PR)" from labels."""
    label = match.groupdict().get("label") or ""
    if label.upper() not in ("AD", "PR"):
        return False
    if label.upper() == "PR" and not CJK.search(text):
        return True
    before = _WORD.findall(text[: match.start()])
    initials = "".join(word[0] for word in before[-len(label) :])
    return label.isupper() and initials.upper() == label


def _is_name(name: str | None) -> bool:
    """Tell whether the words before "sponsor" can be a name: not "our", "become a"."""
    if not name or not name.strip(" -–—|·•("):
        return False
    first = _WORD.search(name)
    lowered = name.casefold().split()
    if first is None or lowered[0] in _NO_NAMES or lowered[-1] in _NO_NAMES:
        return False
    if all(word in _KINDS_OF_SPONSOR for word in lowered):
        return False
    return first[0][0].isupper() or first[0][0].isdigit() or "." in name or bool(CJK.search(name))


_NO_NAMES = frozenset(
    """a an the our your this that today's today’s week's week’s become be to of by and or is are
    was for as with title each every any no my his her their its another bill senate house cosponsor
    state want if please not previous current past next last potential visa fiscal executive jersey
    shirt kit""".split()
)
_KINDS_OF_SPONSOR = frozenset(
    """main gold silver bronze platinum premium lead primary new first proud former corporate
    official media episode issue newsletter podcast conference event title weekly monthly annual
    exclusive""".split()
)
