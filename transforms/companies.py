"""Companies of an article: whose system it is about, and who else is named."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from transforms.lexicons import Lexicons
from transforms.publishers import Publication, publisher_name, slug_of
from transforms.subjects import (
    COMPARISON,
    find_announced_names,
    find_credited_names,
    find_title_names,
    is_subject_place,
)
from transforms.terms import FoundTerms, Match, find_terms

# Kinds that gather many things or sell one are about no company's system.
KINDS_WITHOUT_SUBJECT = frozenset({"digest", "promo"})

_BEFORE_COMPANY = re.compile(r"\b(?:[Aa]t|[Hh]ow|[Ll]ike|[Bb]y|join(?:ed|ing)?|with|customers?|include|including|company)\s$")
_AFTER_COMPANY = re.compile(
    r"^(?:['’]s\s|,? Inc\b|,? Labs\b|\.com\b|\s(?:engineering|engineers?|developers?|employees|customers|teams?|users|"
    r"CEO|CTO|founders?|platform|built|uses?d?|announced|launched|released|acquired|migrated|runs|ran|chose|moved|"
    r"has|had|needed|wanted|faced|found|decided|started|processes|serves|handles)\b)"
)
_MID_SENTENCE = re.compile(r"[a-z,]\s$")
_NO_NAME = frozenset(
    """a about after ai all an and any api apis apps architects are at attackers browsers business businesses calm ceos
    ci code companies computers containers cost customers data databases designers developers devops developer distributed
    docker dns dotcom each edge engineering engineers enterprise enterprises every everyone experts fast frontier giants
    git good google-like great hackers he high home https i if in internet is it its just large last law leaders least
    legacy leading llm llms long machine machines managers many massive me microservices modern most my never new night no
    not now on once one open openly our people planet platform pms product production programmers rag rags real-time
    real-world robots rest runtime scale search senior she site small software some speed staff startups system systems
    teams tech that the their then there these they things this those three time to today tomorrow top two users
    very vibe warp-speed we web what when where which who why with women work world you your yesterday""".split()
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CompanyMention:
    """A company of an article in one part: subject or mention."""

    company_id: str
    company_name: str
    role: str
    mention_count: int


def find_companies(
    title: str | None,
    headings: Sequence[str],
    text: str,
    publication: Publication,
    lexicons: Lexicons,
    *,
    kind: str | None = None,
) -> tuple[CompanyMention, ...]:
    """Return the companies of an article by id, each once: as subject, or as mention with its number of namings.

    `text` is editorial text only. Names that are common words (Wise, Square, Linear) count where the words around
    them speak of a company. A company that no lexicon lists is found where a subject stands, if the text bears it out.
    """
    own_name = "" if publication.company_id else publisher_name(publication.feed_title or "")
    places = [find_terms(part, lexicons.term_index) for part in (title or "", "\n".join(headings), text)]
    subjects = (
        {}
        if kind in KINDS_WITHOUT_SUBJECT
        else _find_subjects(title or "", text, places[0], publication, lexicons)
    )
    counts = _count_mentions(places, {*subjects, publication.company_id}, lexicons)
    for company_id, name in subjects.items():
        counts[company_id] = max(counts.get(company_id, 0), _count_name(name, text), 1)
    return tuple(
        CompanyMention(
            company_id=company_id,
            company_name=subjects.get(company_id) or lexicons.companies.companies[company_id].company_name,
            role="subject" if company_id in subjects else "mention",
            mention_count=count,
        )
        for company_id, count in sorted(counts.items())
        if company_id != slug_of(own_name)
    )


def _find_subjects(
    title: str, text: str, in_title: FoundTerms, publication: Publication, lexicons: Lexicons
) -> dict[str, str]:
    """Return subject companies, id to name."""
    known = lexicons.companies.companies
    found: dict[str, str] = {}
    is_comparison = bool(COMPARISON.search(title))
    if not is_comparison:
        for company_id in _title_subjects(in_title):
            found[company_id] = known[company_id].company_name
        found = found or dict(_unlisted_subjects(title, text, lexicons))
    credited = find_credited_names(text)
    for name in credited:
        found.update(_identify(name, lexicons))
    if not found and not is_comparison and not title:
        for name in find_announced_names(text):
            found.update(_identify(name, lexicons))
    found.update(_publisher_subject(title, text, publication, lexicons))
    own = slug_of(publisher_name(publication.feed_title or ""))
    return {
        company_id: name
        for company_id, name in found.items()
        if publication.company_id or company_id != own
    }


def _title_subjects(in_title: FoundTerms) -> Iterator[str]:
    for match in in_title.of("company"):
        before, after = in_title.raw[1 : match.start], in_title.raw[match.end :]
        if is_subject_place(before, after, match.term.role):
            yield match.term.owner_id


def _unlisted_subjects(title: str, text: str, lexicons: Lexicons) -> Iterable[tuple[str, str]]:
    """Yield companies found by the pattern of a title, if the text bears out that the word is a name."""
    for subject in find_title_names(title):
        name = subject.name.rstrip(".")
        if _is_credible(name, text, lexicons) and (subject.is_certain or _has_engineers(name, text)):
            yield from _identify(name, lexicons).items()


def _is_credible(name: str, text: str, lexicons: Lexicons) -> bool:
    """Return whether a capitalised word of a title is a name: the text has it, and never in small letters."""
    first = name.split()[0]
    if any(word.lower() in _NO_NAME for word in name.split()) or name.lower() in lexicons.technologies.names:
        return False
    if any(match.end - match.start == len(name) for match in find_terms(name, lexicons.term_index).of("topic")):
        return False
    is_written_small = re.search(rf"\b{re.escape(first.lower())}\b", text) if first != first.lower() else None
    return bool(re.search(rf"\b{re.escape(name)}\b", text)) and not is_written_small


def _has_engineers(name: str, text: str) -> bool:
    quoted = re.escape(name)
    return bool(
        re.search(
            rf"(?:\b[Aa]t {quoted}\b|\b{quoted}(?:['’]s?)? (?:[Ee]ngineer|[a-z]+ team|team|[Ee]ngineering|users|customers))",
            text,
        )
    )


def _identify(name: str, lexicons: Lexicons) -> dict[str, str]:
    """Return a name's company, id to canonical name; longer names are tried without their last words."""
    words = name.split()
    for length in range(len(words), 0, -1):
        company_id = lexicons.companies.by_name.get(" ".join(words[:length]).lower())
        if company_id:
            return {company_id: lexicons.companies.companies[company_id].company_name}
    if name.lower() in _NO_NAME or name.lower() in lexicons.technologies.names:
        return {}
    return {slug_of(name): name}


def _publisher_subject(
    title: str, text: str, publication: Publication, lexicons: Lexicons
) -> dict[str, str]:
    """Return the company of a company blog when the article names it: a recap or a tip of its staff does not."""
    company_id = publication.company_id
    if company_id is None:
        return {}
    entry = lexicons.companies.companies.get(company_id)
    names = (
        (entry.company_name, *entry.aliases, *entry.products)
        if entry
        else (publisher_name(publication.feed_title or company_id),)
    )
    if any(_count_name(name, title) or _count_name(name, text) for name in names):
        return {company_id: names[0]}
    return {}


def _count_mentions(
    places: Sequence[FoundTerms], trusted: set[str | None], lexicons: Lexicons
) -> dict[str, int]:
    """Return namings per known company; common words count where a company is meant."""
    counts: dict[str, int] = {}
    uncertain: list[tuple[FoundTerms, Match]] = []
    for found in places:
        for match in found.of("company"):
            company_id = match.term.owner_id
            if match.term.role == "word" and company_id not in trusted:
                uncertain.append((found, match))
            else:
                counts[company_id] = counts.get(company_id, 0) + 1
    meant = {
        match.term.owner_id for found, match in uncertain if _is_company_context(found.raw, match)
    }
    for found, match in uncertain:
        company_id = match.term.owner_id
        if company_id in meant and (
            _is_company_context(found.raw, match) or _MID_SENTENCE.search(found.raw, 0, match.start)
        ):
            counts[company_id] = counts.get(company_id, 0) + 1
    return counts


def _is_company_context(raw: str, match: Match) -> bool:
    before, after = raw[max(0, match.start - 24) : match.start], raw[match.end : match.end + 24]
    return bool(_BEFORE_COMPANY.search(before) or _AFTER_COMPANY.match(after))


def _count_name(name: str, text: str) -> int:
    if name not in text:
        return 0
    return len(re.findall(rf"\b{re.escape(name)}\b", text))
