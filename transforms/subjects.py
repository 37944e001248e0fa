"""Whose system an article is about: the places where titles and credits put a company.

A company in a title is not yet the subject of the article ("Moving from AWS to Hetzner", "Claude
Code vs. Codex"): it must stand where titles put the one who acts or owns: "How X Built…", "X's
Database Evolution", "… at X".
"""

import re
from collections.abc import Iterator

# Irregular pasts and other forms of what companies do in titles; "-s", "-ed" and "using" are
# regular.
_PASTS = (
    r"brought|built|caught|chose|cut|did|dealt|drove|fought|found|gave|got|grew|kept|learnt|made|"
    r"overcame|put|ran|re-?built|re-?wrote|re-?thought|rose|sent|shrank|sold|sped|split|taught|took|"
    r"went|won|wrote"
)
_HELPERS = r"(?:(?:is|are|was|has|have|had|also|now|[a-z]+ly)\s+)*"
_ACT = (
    rf"{_HELPERS}(?:{_PASTS}|use|build|run|keep|make|scale|handle|manage|[a-z-]+(?:ed|ing|[^s]s))\b"
)
_WORKS = re.compile(r"works?$", re.IGNORECASE)
_OPENERS = r"How|Why|When|What|Where|Inside|Behind|Beyond|Meet|The|Exploring|Understanding"
_NAME = rf"(?!(?i:{_OPENERS})\s)[A-Z0-9][\w.&+-]*(?:\s[A-Z][\w.&+-]*){{0,2}}?"
_TEAM = (
    r"engineering|engineers?|eng|data science|data|platform|research|infrastructure|security|"
    r"product|ml|ai"
)
_HOW = r"(?:[Hh]ow|HOW|[Ww]hy|[Ww]hen|[Ww]hat)"
_BREAK = r"(?:^|[:|–—-]\s+)"

COMPARISON = re.compile(
    r"\bvs\b\.?|\bversus\b|\bcompared\b|\balternatives?\b|\bwhich (?:one|is)\b", re.IGNORECASE
)
_OPENING = re.compile(
    rf"{_BREAK}(?:how|why|when|what|where|inside|behind|under the hood of|beyond|meet)\s+"
    r"(?:(?:does|did|do|is|are|the|engineers at|teams? at)\s+)*$",
    re.IGNORECASE,
)
# "How Parcelo and Quillbase Share…": the second of two stands where the first does.
_PAIRED = re.compile(rf"{_BREAK}{_HOW}\s(?:{_NAME},\s)*{_NAME},?\s(?:and|&)\s$")
# What grows is whose growth is told: "Scaling Parcelo to…".
_GROWING = r"(?:[Ss]caling|[Bb]uilding|[Rr]ebuilding|[Gg]rowing|[Mm]odernizing|[Mm]odernising)"
_GROWN = re.compile(rf"{_BREAK}{_GROWING}\s$")
_AFTER_GROWN = re.compile(r"^(?:$|:|\s(?:to|from|beyond|past|into)\b)")
# An episode of a company: "The Parcelo Outage".
_EPISODE = (
    r"(?:[Oo]utage|[Ii]ncident|[Ss]tory|[Jj]ourney|[Ww]ay|[Aa]rchitecture|[Mm]igration|[Bb]reach)"
)
_BEFORE_EPISODE = re.compile(r"(?:^|\s)the\s$", re.IGNORECASE)
_AFTER_EPISODE = re.compile(rf"^(?:\s[A-Z][\w-]*){{0,2}}\s{_EPISODE}\b")
_PLACED = re.compile(
    r"\b(?:at|inside|within|behind|"
    r"(?:lessons|learnings|insights|stories|notes|takeaways) from|"
    r"(?:built|designed|developed|created|shared) by|"
    r"(?:journey|architecture|evolution|story|anatomy|rise|history|stack|internals|scaling) of)"
    r"\s(?:the\s)?$",
    re.IGNORECASE,
)
_OWNED = re.compile(r"^['’](?:s\b|\s)")
_OWNED_BY_TEAM = re.compile(
    rf"^\s(?:(?:{_TEAM})\s){{0,2}}"
    r"(?:team|engineering|engineers|tech stack|architecture)(?:['’]s?)?\b",
    re.IGNORECASE,
)
# Nouns of what companies sell, which look like verbs.
_GOODS = (
    r"(?:services|tools|tips|basics|patterns|features|products|systems|apps|apis|docs|models|news|"
    r"jobs)"
)
_ACTING = re.compile(rf"^\s(?!{_GOODS}\b)(?:[A-Z][\w-]*\s)?(?!{_GOODS}\b){_ACT}", re.IGNORECASE)
_DEED = re.compile(rf"^\s(?:(?:is|are)\s[a-z]+ing|{_PASTS}|[a-z-]+ed)\b", re.IGNORECASE)

_UNKNOWN_ACTOR = re.compile(
    rf"{_BREAK}{_HOW}\s(?:[Dd]oes\s|[Dd]id\s|the\s)?"
    r"(?:(?:[Ee]ngineers|[Dd]evelopers|[Tt]he\s[Tt]eam|[Tt]eams)\s(?:at|of)\s)?"
    rf"(?P<name>{_NAME})(?:['’]s?)?"
    rf"(?:\s[Ee]ngineering|\s[Ee]ngineers|\s[Tt]eam)*\s"
    rf"(?:(?P<noun>[A-Z][\w-]*)\s)?(?P<act>(?i:{_ACT}))"
)
_UNKNOWN_PAIR = re.compile(
    rf"{_BREAK}{_HOW}\s(?P<name>{_NAME}),?\s(?:and|&)\s(?P<other>{_NAME})\s"
    r"(?P<noun>[A-Z][\w-]*)(?=\s)"
)
_UNKNOWN_AT = re.compile(
    rf"\b[Aa]t\s(?P<name>{_NAME})"
    r"(?=$|\s*[:,(|–—]|\s-\s|\s(?:[Ww]ith|[Uu]sing|[Ii]n|[Ff]or|[Aa]nd)\b)"
)
_UNKNOWN_OWNER = re.compile(
    rf"(?:{_BREAK}|\b(?:(?i:{_OPENERS})|(?:[Ll]essons|[Ll]earnings|[Nn]otes|[Tt]akeaways)\s[Ff]rom|"
    r"[Aa]natomy\sof|[Ss]tory\sof|[Ee]volution\sof)\s)"
    rf"(?P<name>{_NAME})['’]s?\s"
)
_UNKNOWN_INSIDE = re.compile(rf"^(?:[Ii]nside|[Bb]ehind)\s(?P<name>{_NAME})(?=$|\s*[:,(|–—-])")
_UNKNOWN_GROWN = re.compile(
    rf"{_BREAK}{_GROWING}\s(?P<name>{_NAME})(?=$|:|\s(?:to|from|beyond|past|into)\b)"
)
_UNKNOWN_EPISODE = re.compile(
    rf"(?:^|\s)[Tt]he\s(?P<name>{_NAME})(?:\s[A-Z][\w-]*){{0,2}}\s{_EPISODE}\b"
)
_UNKNOWN_FIRST = re.compile(rf"^(?P<name>{_NAME})\s(?P<act>(?i:{_ACT}))")

_UNKNOWN = (
    _UNKNOWN_AT,
    _UNKNOWN_OWNER,
    _UNKNOWN_INSIDE,
    _UNKNOWN_GROWN,
    _UNKNOWN_EPISODE,
    _UNKNOWN_FIRST,
)

# "… publicly shared details from the Acme Engineering Team", "credit … goes to the Acme
# engineering team"
_TEAM_WORDS = (
    r"\s(?:[Ee]ngineering\b|[Tt]ech(?:nology)?\s?[Bb]logs?|[Dd]evelopers?\s(?:[Tt]eams?|[Bb]logs?)|"
    r"[Dd]ata\s(?:[Ss]cience|[Ee]ngineering)\s[Tt]eams?)"
)
_CREDITED = re.compile(
    rf"\b(?:from|by|to|of|in|on)\s(?:the\s)?(?:official\s)?(?P<name>{_NAME})(?:['’]s?)?"
    rf"(?:\s?(?:,|and|&)\s(?:the\s)?(?P<other>{_NAME}))?(?={_TEAM_WORDS})"
)
# Plain searches first: a regular expression over a whole article for one sentence in it is dear.
_CREDIT_SIGNS = (
    "isclaimer",
    "redit for",
    "redits",
    "erived from",
    "etails from the",
    "ublicly shared",
    "ublicly available",
    "shared by",
    "shared online by",
    "ased on details",
    "ased on the ",
    "ased on information",
    "ased on content",
)
_ANNOUNCEMENTS = (
    "n this article",
    "n this post",
    "n this newsletter",
    "n this issue",
    "n this edition",
)
_ANNOUNCED = re.compile(
    rf"\bhow\s(?:the\s)?(?P<name>{_NAME})(?:['’]s?)?(?:\s(?:[Ee]ngineering|[Ee]ngineers|[Tt]eam|[Dd]ata))*\s(?:{_ACT})"
)

# A credit stands in the opening or in the closing lines.
_REACH_CHARS = 6000


def is_subject_place(before: str, after: str, role: str) -> bool:
    """Return whether a known name stands in a subject's place, by the title before and after it.

    A project (open-source software of a company) must have done something: "How CockroachDB
    Built…" tells of the company, "How CockroachDB Stores Rows" and "CockroachDB's Architecture"
    of the software.
    """
    if role == "project":
        return bool(_OPENING.search(before) and _DEED.match(after))
    if _OPENING.search(before) or _PLACED.search(before):
        return True
    if _PAIRED.search(before) or (_GROWN.search(before) and _AFTER_GROWN.match(after)):
        return role != "product"
    if _BEFORE_EPISODE.search(before) and _AFTER_EPISODE.match(after):
        return role != "product"
    if _OWNED.match(after) or _OWNED_BY_TEAM.match(after):
        return True
    return not before.strip() and (after.startswith(":") or bool(_ACTING.match(after)))


def find_title_names(title: str) -> Iterator[tuple[str, str | None]]:
    """Yield names in a subject's place of a title, for companies that no lexicon lists.

    With each the word between name and verb ("Harbor" of "How Blue Harbor Cut…"): only the text
    tells whether it is part of the name.
    """
    if (actor := _UNKNOWN_ACTOR.search(title)) and not _WORKS.search(actor["act"]):
        yield actor["name"], actor["noun"]
    if pair := _UNKNOWN_PAIR.search(title):
        yield pair["name"], None
        yield pair["other"], pair["noun"]
    for pattern in _UNKNOWN:
        for match in pattern.finditer(title):
            yield match["name"], None


def find_credited_names(text: str) -> tuple[str, ...]:
    """Return the companies whose engineers a text credits ("from the X Engineering Team")."""
    names = [
        name
        for line in _lines_with(_CREDIT_SIGNS, text)
        for match in _CREDITED.finditer(line)
        for name in match.group("name", "other")
        if name
    ]
    return tuple(dict.fromkeys(names))


def find_announced_names(text: str) -> tuple[str, ...]:
    """Return the companies of "In this article, we look at how the X team rebuilt…"."""
    lines = _lines_with(_ANNOUNCEMENTS, text)
    return tuple(
        dict.fromkeys(match["name"] for line in lines for match in _ANNOUNCED.finditer(line))
    )


def _lines_with(signs: tuple[str, ...], text: str) -> tuple[str, ...]:
    """Return the lines of a text's opening and closing that hold one of the signs, each once."""
    reach = (
        text if len(text) <= 2 * _REACH_CHARS else f"{text[:_REACH_CHARS]}\n{text[-_REACH_CHARS:]}"
    )
    lines: dict[str, None] = {}
    for sign in signs:
        place = reach.find(sign)
        while place >= 0:
            end = reach.find("\n", place)
            end = len(reach) if end < 0 else end
            lines[reach[reach.rfind("\n", 0, place) + 1 : end]] = None
            place = reach.find(sign, end)
    return tuple(lines)
