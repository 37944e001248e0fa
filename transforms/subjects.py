"""Whose system an article is about: patterns of titles and of the sentence that credits a company's engineers.

A company in a title is not yet the subject of the article ("Moving from AWS to Hetzner", "Claude Code vs. Codex"):
it must stand where titles put the one who acts or owns: "How X Built…", "X's Database Evolution", "… at X".
"""

import re
from typing import NamedTuple

# What companies do with their systems, in the forms that titles use.
ACTS = (
    "achiev|adapt|adopt|automat|boost|br(?:ing|ought)|build|built|catch|caught|chang|cho(?:o)?s|cop(?:e|ing)|creat|cut|"
    "debug|decreas|deliver|deploy|deprecat|design|detect|develop|did|digiti[sz]|ditch|doubl|driv|drove|eliminat|"
    "embrac|enabl|enforc|engineer|ensur|evaluat|evolv|expand|fight|fought|fix|found|gave|gets?|got|grew|grow|halv|"
    "handl|help|implement|improv|increas|index|ingest|innovat|integrat|introduc|keep|kept|launch|learn|leverag|"
    "lower|made|mak|manag|match|measur|migrat|mitigat|moderni[sz]|monitor|mov|never|open-sourc|operat|optimi[sz]|"
    "orchestrat|organi[sz]|overc[ao]m|personali[sz]|power|predict|prevent|process|protect|provid|rais|"
    "re-?architect|re-?built|re-?build|re-?design|re-?engineer|re-?writ|re-?wrote|recommend|reduc|releas|remov|"
    "replac|re-?think|re-?thought|re-?imagin|re-?invent|routes?|run|ran|sav|scal|secur|serv|shard|ship|shrink|shrank|"
    "simplif|slash|solv|sped|speed|split|stor|streamlin|support|surviv|switch|tackl|tam|test|took|tak|track|train|"
    "transform|transition|turn|unif|unlock|upgrad|us(?:e|es|ed|ing)|validat|went|wr(?:ite|ote)|works?"
)
_ACT = rf"(?:(?:is|are|was|has|have|had|can|could|also|now|successfully|safely|quickly|finally)\s+)*(?:{ACTS})[a-z]*\b"
_NAME = r"[A-Z0-9][\w.&+-]*(?:\s[A-Z][\w.&+-]*){0,2}?"
_OPENERS = r"(?:how|why|when|what|where|inside|behind|under the hood of|beyond|meet|introducing)"
_TEAM = r"(?:engineering|engineers?|eng|data science|data|platform|research|infrastructure|security|product|ml|ai)"

COMPARISON = re.compile(r"\bvs\b\.?|\bversus\b|\bcompared\b|\balternatives?\b|\bwhich (?:one|is)\b", re.IGNORECASE)
OPENING = re.compile(
    rf"(?:^|[:|–—-]\s*)(?:{_OPENERS})\s+(?:(?:does|did|do|is|are|the|engineers at|teams? at)\s+)*$", re.IGNORECASE
)
OWNED = re.compile(r"^(?:['’]s?\b)")
OWNED_BY_TEAM = re.compile(rf"^\s(?:{_TEAM}\s){{0,2}}(?:team|engineering|engineers)(?:['’]s?)?\b", re.IGNORECASE)
ACTING = re.compile(rf"^\s(?:[A-Z][\w-]*\s)?{_ACT}", re.IGNORECASE)
ACTING_AT_ONCE = re.compile(rf"^\s{_ACT}", re.IGNORECASE)
AT = re.compile(r"(?:\b(?:at|inside|within|behind)\s|\b(?:lessons|learnings|insights|stories|notes) from\s|"
                r"\b(?:built|designed|developed|created|shared) by\s)(?:the\s)?$", re.IGNORECASE)

UNKNOWN_ACTOR = re.compile(
    rf"(?:^|[:|–—]\s*)(?:how|why|when)\s+(?:does\s|did\s|the\s)?(?P<name>{_NAME})"
    rf"(?:['’]s?)?(?:\s(?:engineering|engineers|team))*\s(?:[A-Z][\w-]*\s)?(?P<act>{_ACT})",
)
UNKNOWN_ACTOR_ANY = re.compile(UNKNOWN_ACTOR.pattern.replace("(?:how|why|when)", "(?:[Hh]ow|HOW|[Ww]hy|[Ww]hen)")
                               .replace(f"(?P<act>{_ACT})", f"(?P<act>(?i:{_ACT}))"))
UNKNOWN_AT = re.compile(rf"\b[Aa]t\s(?P<name>{_NAME})(?=$|\s*[:,(|–—-]|\s(?:with|using|in|for|and)\b)")
UNKNOWN_OWNER = re.compile(rf"(?:^|\b(?:[Ii]nside|[Bb]ehind|[Ee]xploring|[Uu]nderstanding|[Hh]ow|[Ww]hy)\s|[:|–—]\s*)"
                           rf"(?P<name>{_NAME})['’]s?\s")
UNKNOWN_INSIDE = re.compile(rf"^(?:[Ii]nside|[Bb]ehind)\s(?P<name>{_NAME})(?=$|\s*[:,(|–—-])")
UNKNOWN_FIRST = re.compile(rf"^(?P<name>{_NAME})\s(?P<act>(?i:{_ACT}))")

# "… publicly shared details from the Acme Engineering Team", "credit … goes to the Acme engineering team"
_TEAM_WORDS = re.compile(
    r"\s(?:[Ee]ngineering(?:\s(?:&|and)\s\w+)?\s(?:[Tt]eams?|[Bb]logs?|[Oo]rg)|[Ee]ngineering\b|[Tt]ech(?:nology)?\s?[Bb]logs?|"
    r"[Dd]evelopers?\s(?:[Tt]eams?|[Bb]logs?)|[Dd]ata\s(?:[Ss]cience|[Ee]ngineering)\s[Tt]eams?)"
)
_CREDIT = re.compile(
    r"\b(?:[Dd]isclaimer|[Cc]redits?|derived from|publicly shared|publicly available|shared (?:online )?by|"
    r"based on (?:the )?(?:details|information|content|articles?))\b"
)
_CREDITED = re.compile(
    rf"\b(?:from|by|to|of|in|on)\s(?:the\s)?(?:official\s)?(?P<name>{_NAME})(?:['’]s?)?"
    rf"(?:\s?(?:,|and|&)\s(?:the\s)?(?P<other>{_NAME}))?(?={_TEAM_WORDS.pattern})"
)
ANNOUNCED = re.compile(
    rf"\bhow\s(?:the\s)?(?P<name>{_NAME})(?:['’]s?)?(?:\s(?:[Ee]ngineering|[Ee]ngineers|[Tt]eam|[Dd]ata))*\s(?:{_ACT})"
)
_ANNOUNCEMENT = re.compile(r"\bIn this (?:article|post|newsletter|issue|edition)\b[^.\n]*")

CREDIT_CHARS = 6000  # a credit stands in the opening or in the closing lines


class NamedSubject(NamedTuple):
    """A name that stands in a subject's place: as written, and how much confirmation it still needs."""

    name: str
    is_certain: bool


def is_subject_place(before: str, after: str, role: str) -> bool:
    """Return whether a known name of a title stands where the subject stands, by the words around it.

    A project (open-source software that its maker gave a name of its own) must act: "How CockroachDB Built…" tells of
    the company, "How CockroachDB Works" or "CockroachDB's Architecture" of the software.
    """
    if role == "project":
        act = ACTING_AT_ONCE.match(after)
        return bool(OPENING.search(before) and act and not act.group().endswith(("work", "works")))
    if OPENING.search(before) or AT.search(before):
        return True
    if OWNED.match(after) or OWNED_BY_TEAM.match(after):
        return True
    return not before.strip() and bool(ACTING.match(after))


def find_title_names(title: str) -> tuple[NamedSubject, ...]:
    """Return names in a subject's place of a title, for companies that no lexicon lists."""
    found = []
    if actor := UNKNOWN_ACTOR_ANY.search(title):
        found.append(NamedSubject(actor["name"], is_certain=not actor["act"].endswith(("work", "works"))))
    found += [NamedSubject(match["name"], is_certain=True) for match in UNKNOWN_AT.finditer(title)]
    for pattern in (UNKNOWN_OWNER, UNKNOWN_INSIDE, UNKNOWN_FIRST):
        found += [NamedSubject(match["name"], is_certain=False) for match in pattern.finditer(title)]
    return tuple(found)


def find_credited_names(text: str) -> tuple[str, ...]:
    """Return the companies whose engineers an article thanks for what it tells ("details from the X Engineering Team")."""
    reach = text if len(text) <= 2 * CREDIT_CHARS else f"{text[:CREDIT_CHARS]}\n{text[-CREDIT_CHARS:]}"
    names = []
    for credit in _CREDIT.finditer(reach):
        for match in _CREDITED.finditer(_line_around(reach, credit.start())):
            names += [match["name"], match["other"]]
    return tuple(dict.fromkeys(name for name in names if name))


def find_announced_names(text: str) -> tuple[str, ...]:
    """Return the companies of "In this article, we will look at how the X engineering team rebuilt…"."""
    reach = text[:CREDIT_CHARS]
    return tuple(
        dict.fromkeys(
            match["name"]
            for sentence in _ANNOUNCEMENT.finditer(reach)
            for match in ANNOUNCED.finditer(sentence.group())
        )
    )


def _line_around(text: str, place: int) -> str:
    end = text.find("\n", place)
    return text[text.rfind("\n", 0, place) + 1 : len(text) if end < 0 else end]
