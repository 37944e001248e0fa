"""Who is named behind a label: those who pay, or readers, authors, speakers and their employers."""

import re
from collections.abc import Sequence

from transforms.blocks import Block
from transforms.lexicons.sponsor_lexicon import MarkerLexicon, name_key
from transforms.sponsors.copy_end import MAX_BYLINE_BLOCKS
from transforms.sponsors.labels import Hit, spans_of
from transforms.sponsors.names import Named
from transforms.sponsors.page import Page

# So many words behind a label are a name; more are a sentence.
MAX_LABEL_NAME_WORDS = 5
# A clause that goes on behind a name within so many letters: "In partnership with X, we studied".
MAX_CLAUSE_CHARS = 90
# So near to its label stands the link of a sponsor; further off it is a speaker's employer.
MAX_GAP_CHARS = 12
_CLAUSE = re.compile(
    r"^[^.!?:\n]*?(?:,?\s+(?:i|we|he|she|they|researchers|scientists|engineers)\s+\w+"
    r"|,\s+(?:the|this|these|our|their|its)\s+(?:[\w-]+\s+){1,3}?(?:runs?|is|are|was|were|can|will"
    r"|has|have|had|works?|scales?|loads?)\b"
    r"|,\s+(?-i:[A-Z])[\w.-]+\s+(?:\w+(?:s|ed)|will|is|are|was)\b)",
    re.IGNORECASE,
)
_PROFESSION = re.compile(
    r",? (?:an? |the |our )?(?:[\w-]+ ){0,2}?(?:professor|engineer|researcher|author|developer"
    r"|founder|c[et]o|editor|writer|scientist|maintainer|designer|architect|analyst|student|fellow"
    r"|journalist|consultant|lecturer|director|head) (?:of|at|from|in|and|for)\b"
    r"|, (?:our|my|your|the) (?:[\w-]+ ){0,2}?(?:editors?|founders?|authors?|hosts?|curators?"
    r"|c[et]o|maintainers?|colleagues?|community manager|intern)\b",
    re.IGNORECASE,
)
_SPEAKER = re.compile(r"\s+at (?:the )?(?-i:[A-Z])")  # "presented by Ada Tern at GopherTown"
_ACCOUNT = re.compile(
    r"^https?://(?:www\.)?(?:(?:twitter|x|instagram|threads|facebook|bsky)\.\w+/|github\.com/[\w-]+/?$"
    r"|linkedin\.com/in/|[\w.-]+/@\w+)",
    re.IGNORECASE,
)


def names_sponsors(page: Page, place: int, hit: Hit, named: Sequence[Named]) -> bool:
    """Tell names of sponsors from readers, authors, speakers and who sponsors something else."""
    if _names_nobody(named, page.markers) or _are_people(named):
        return False
    if hit.rule.is_weak and all(page.markers.funders.search(each.name) for each in named):
        return False
    if _has_profession(page.blocks[place].text, named[0].name, hit):
        return False
    if hit.publication and not page.is_own_title(hit.publication):
        return False
    return not hit.rule.is_weak or _is_sure(page, place, hit, named)


def _is_sure(page: Page, place: int, hit: Hit, named: Sequence[Named]) -> bool:
    """Tell words that are also said of speakers and partners from a label.

    As a heading, before the link of a company and no clause that goes on, or in a line of its
    own above a link that leads to whom it names.
    """
    block = page.blocks[place]
    if block.kind == "heading":
        return block.text.isupper() or not _leads_elsewhere(page, place, named)
    # "5 June: [Go night], Sponsored by [Acme]" is of an event.
    if _stands_inside(block, hit):
        return False
    rest = block.text[hit.end :]
    if any(each.url and page.is_companys(each.url) for each in named):
        starts = [start for start, _, _ in spans_of(block) if start >= hit.end - 1]
        is_next = min(starts, default=0) - hit.end <= MAX_GAP_CHARS
        return is_next and not _CLAUSE.search(rest[:MAX_CLAUSE_CHARS])
    if len(rest.split()) > MAX_LABEL_NAME_WORDS:
        return False
    keys = {name_key(each.name) for each in named}
    below = range(place + 1, min(len(page.blocks), place + 1 + MAX_BYLINE_BLOCKS + 1))
    domains = {key for each in below for key in page.keys_at(each)}
    if any(len(key) > 2 and name_key(domain).startswith(key) for key in keys for domain in domains):
        return True
    return block.text.isupper() and page.leads_away(below)


def _stands_inside(block: Block, hit: Hit) -> bool:
    """Tell a label behind words of a list's item, or behind another link."""
    start = block.text.rfind(hit.text, 0, hit.end)
    is_behind = any(letter.isalnum() for letter in block.text[: max(start, 0)])
    is_linked = any(end <= start for _, end, _ in spans_of(block))
    return is_behind and (block.kind == "list_item" or is_linked)


def _leads_elsewhere(page: Page, place: int, named: Sequence[Named]) -> bool:
    """Tell a heading over links to others than it names: "Together with Rust" is of a language."""
    below = range(place, min(len(page.blocks), place + 1 + MAX_BYLINE_BLOCKS + 1))
    stop = next((each for each in below[1:] if page.blocks[each].kind == "heading"), below.stop)
    anchors = [anchor for each in range(place, stop) for anchor in page.blocks[each].anchors]
    if not anchors or not all(page.is_companys(anchor.url) for anchor in anchors):
        return False
    keys = {name_key(each.name) for each in named}
    texts = [name_key(f"{page.link_key(anchor.url)} {anchor.text}") for anchor in anchors]
    return not any(len(key) > 2 and key in text for key in keys for text in texts)


def _has_profession(text: str, name: str, hit: Hit) -> bool:
    """Tell "with Ada Tern, professor of locks", who speaks somewhere, from a company."""
    start = text.find(name, hit.start)
    if start < 0:
        return False
    end = start + len(name)
    is_speaker = hit.rule.is_weak and bool(_SPEAKER.match(text, end))
    return is_speaker or bool(_PROFESSION.match(text, end))


def _are_people(named: Sequence[Named]) -> bool:
    """Tell who made an issue from who paid for it: people are linked by their accounts."""
    return all(each.url and _ACCOUNT.search(each.url) for each in named)


def _names_nobody(named: Sequence[Named], markers: MarkerLexicon) -> bool:
    """Tell thanks to readers and members from sponsors."""
    return all(markers.nobody.search(each.name) for each in named)
