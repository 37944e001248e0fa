"""Companies of an article: whose system it is about, and who else is named."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from transforms.lexicons import Lexicons
from transforms.publishers import Publication, publisher_name
from transforms.slugs import company_slug
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

# Namings in the text that make the staff's recap of somebody else's conference an article about
# the publisher.
RECAP_NAMINGS = 3

# How far before a name the word is looked for that says what it is listed as.
LIST_CHARS = 120

# No real title is longer; a hostile one must not feed its length to the patterns.
TITLE_CHARS = 300

# Words beside a name that only a company has …
_BEFORE_COMPANY = re.compile(
    r"\b(?:[a-z]+ at|At|joined|joining|(?:built|made|developed|acquired|created|owned) by)\s$"
)
_AFTER_COMPANY = re.compile(
    r"^(?:(?:['’]s)?\s(?:[a-z]+\s)?"
    r"(?:engineering|engineers?|employees|developers|teams?|CEO|CTO|co-founder|founder)\b|"
    r",? Inc\b|\sLabs\b|\.com\b)"
)
# "companies such as Plaid, Stripe and Square": all of the list, however common the word.
_LISTED = re.compile(
    r"\b(?i:compan(?:y|ies)|start-?ups|firms|vendors|customers|competitors|rivals|banks|platforms|"
    r"services|apps|brands|providers|employers)(?:,? such as|,? like|,? including|:)\s"
    r"(?:[A-Z][\w.&]*(?:\s[A-Z][\w.&]*)?(?:, and |, or |, | and | or ))*$"
)
# … and words that a thing may have as well.
_BEFORE_ACTOR = re.compile(r"\b(?:[Hh]ow|like|such as|including|include|and|,)\s$")
_AFTER_ACTOR = re.compile(
    r"^(?:['’]s\s|\s(?:announced|launched|released|acquired|migrated|built|uses|chose|moved|"
    r"adopted|customers|users)\b)"
)
_STAFF = "team|teams|engineers?|engineering|users|customers|employees|app|platform|developers"
_DOINGS = (
    "runs|serves|processes|operates|ships|migrated|uses|rebuilt|moved|chose|delivers|handles|"
    "moves|launched|built|started|decided|needed|wanted|grew|rewrote|adopted|hired|employs|"
    "has (?:moved|migrated|built|rebuilt|grown|rewritten|adopted|launched|hired)"
)
_BEINGS = (
    "company|startup|start-up|platform|network|service|marketplace|provider|app|bank|retailer|firm|"
    "vendor|maker|operator|carrier|insurer|lender|airline|exchange|agency|publisher|broadcaster|"
    "studio|manufacturer|fintech|scale-up|business|website|shop|shops|store|stores|brand|unicorn"
)
# What else has a name and an article of its own: software, ideas, people, places.
_OTHER_BEINGS = (
    "library|language|protocol|format|pattern|algorithm|tool|framework|project|database|engine|"
    "scheduler|runtime|compiler|multiplexer|workspace|editor|terminal|kernel|data structure|model|"
    "technique|method|standard|specification|idea|principle|law|rule|filter|set|"
    "programmer|engineer|developer|author|professor|scientist|researcher|architect|manager|writer|"
    "country|city|state|government|continent|university"
)
_MID_SENTENCE = re.compile(r"[a-z0-9,;(]\s$")


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
    """Return the companies of an article by id, each once, as subject or as mention.

    `text` is editorial text only. Names that are common words (Wise, Square, Linear) count where
    the words around them speak of a company. A company that no lexicon lists is found where a
    subject stands, if the text bears it out. A newsletter never is the subject of its own
    articles; a company's blog is when the article names the company.
    """
    places = [
        find_terms(part, lexicons.term_index)
        for part in (title or "", "\n".join(headings), text)
        if part
    ]
    subjects: dict[str, str] = {}
    if kind not in KINDS_WITHOUT_SUBJECT:
        subjects = _find_subjects((title or "")[:TITLE_CHARS], text, publication, lexicons)
    counts = _count_mentions(places, {*subjects, publication.company_id})
    for company_id, name in subjects.items():
        counts[company_id] = max(counts.get(company_id, 0), _count_name(name, text), 1)
    counts.pop(_own_newsletter(publication, lexicons) or "", None)
    return tuple(
        CompanyMention(
            company_id=company_id,
            company_name=subjects.get(company_id)
            or lexicons.companies.companies[company_id].company_name,
            role="subject" if company_id in subjects else "mention",
            mention_count=count,
        )
        for company_id, count in sorted(counts.items())
    )


def _own_newsletter(publication: Publication, lexicons: Lexicons) -> str | None:
    """Return the id a newsletter's own name has or would have; None for a company's blog."""
    if publication.company_id or not publication.feed_title:
        return None
    name = publisher_name(publication.feed_title)
    by_name = lexicons.companies.by_name
    known = by_name.get(publication.feed_title.lower()) or by_name.get(name.lower())
    return known or company_slug(name)


def _find_subjects(
    title: str, text: str, publication: Publication, lexicons: Lexicons
) -> dict[str, str]:
    """Return subject companies, id to name."""
    found: dict[str, str] = {}
    if not COMPARISON.search(title):
        found = dict(_listed_subjects(title, text, lexicons)) or _unlisted_subjects(
            title, text, lexicons
        )
    for name in find_credited_names(text):
        found |= _identify(name, lexicons)
    if not found and not title:
        for name in find_announced_names(text):
            found |= _identify(name, lexicons)
    found |= _publisher_subject(title, text, publication, lexicons)
    found.pop(_own_newsletter(publication, lexicons) or "", None)
    return found


def _listed_subjects(title: str, text: str, lexicons: Lexicons) -> Iterator[tuple[str, str]]:
    """Yield companies of the lexicon that stand in a subject's place of the title.

    A common word needs the text as well: "Block Storage at Home" and "How Square Roots Are
    Computed" name nobody.
    """
    found = find_terms(title, lexicons.term_index)
    for start, end, term in found.companies:
        if not is_subject_place(found.raw[1:start], found.raw[end:].rstrip(), term.role):
            continue
        if (
            term.role != "word"
            or not text
            or _is_capital_within(term.phrase, text)
            or _has_staff(term.phrase, text)
        ):
            yield term.owner_id, lexicons.companies.companies[term.owner_id].company_name


def _unlisted_subjects(title: str, text: str, lexicons: Lexicons) -> dict[str, str]:
    """Return companies that stand in a subject's place of the title, if the text bears them out."""
    found: dict[str, str] = {}
    for short, noun in find_title_names(title):
        full = f"{short} {noun}"
        is_longer = noun and 2 * _count_name(full, text) >= _count_name(short, text) > 0
        name = full if is_longer else short.rstrip(".")
        if _is_name(name, text, lexicons) and _has_staff(name, text):
            found |= _identify(name, lexicons)
    return found


def _is_name(name: str, text: str, lexicons: Lexicons) -> bool:
    """Return whether a capitalised word of a title is no word that we, or the text, know otherwise.

    Titles capitalise every word ("How Engineers Debug"); a text writes words small.
    """
    if any(word.lower() in lexicons.companies.not_names for word in name.split()):
        return False
    if name.lower() in lexicons.technologies.names or _is_topic_term(name, lexicons):
        return False
    return not _count_name(name.lower(), text)


def _is_capital_within(name: str, text: str) -> bool:
    """Return whether a text writes a name large within a sentence, or as an owner."""
    quoted = re.escape(name)
    return bool(re.search(rf"[a-z0-9,;:(]\s{quoted}\b|\b[Aa]t {quoted}\b|\b{quoted}['’]s\b", text))


def _is_topic_term(name: str, lexicons: Lexicons) -> bool:
    found = find_terms(name, lexicons.term_index).topics
    return any(end - start == len(name) for start, end, _ in found)


def _has_staff(name: str, text: str) -> bool:
    """Return whether a text speaks of a company: "at X", "X's team", "X runs …", "X, a bank".

    What it says a thing is counts more than what it says the thing does: libraries run too.
    """
    quoted = re.escape(name)
    being = re.search(
        rf"\b{quoted} (?:is|was) (?:an?|the) [^.\n]{{0,60}}?\b(?:(?P<company>{_BEINGS})|"
        rf"{_OTHER_BEINGS})\b",
        text,
    )
    if being:
        return being["company"] is not None
    return bool(
        re.search(
            rf"\b[Aa]t {quoted}\b|\b{quoted}(?:['’]s?)? (?:[a-z]+ )?(?i:{_STAFF})\b|"
            rf"\b{quoted} (?:now )?(?:{_DOINGS})\b|"
            rf"\b{quoted}, (?:an?|the) [^.,\n]{{0,50}}\b(?:{_BEINGS})\b",
            text,
        )
    )


def _identify(name: str, lexicons: Lexicons) -> dict[str, str]:
    """Return a name's company, id to canonical name; the lexicon knows it by its first words."""
    words = name.split()
    for length in range(len(words), 0, -1):
        company_id = lexicons.companies.by_name.get(" ".join(words[:length]).lower())
        if company_id:
            return {company_id: lexicons.companies.companies[company_id].company_name}
    if (
        words[0].lower() in lexicons.companies.not_names
        or name.lower() in lexicons.technologies.names
    ):
        return {}
    return {company_slug(name): name}


def _publisher_subject(
    title: str, text: str, publication: Publication, lexicons: Lexicons
) -> dict[str, str]:
    """Return the company of a company's blog when the article names it; a mere tip does not."""
    company_id = publication.company_id
    if company_id is None:
        return {}
    entry = lexicons.companies.companies.get(company_id)
    names = (
        (entry.company_name, *entry.aliases, *entry.words, *entry.products)
        if entry
        else (publisher_name(publication.feed_title or company_id),)
    )
    is_recap = any(phrase in title.lower() for phrase in lexicons.kinds.titles["recap"])
    namings = sum(_count_name(name, text) for name in names)
    if namings >= (RECAP_NAMINGS if is_recap else 1) or any(
        _count_name(name, title) for name in names
    ):
        return {company_id: names[0]}
    return {}


def _count_mentions(places: Sequence[FoundTerms], trusted: set[str | None]) -> dict[str, int]:
    """Return namings per known company, of common words where a company is meant.

    Once the text has named Linear as a company, its other capitals within sentences are the
    company too.
    """
    counts: dict[str, int] = {}
    doubtful: list[tuple[FoundTerms, Match]] = []
    for found in places:
        for match in found.companies:
            company_id = match[2].owner_id
            if match[2].role in ("word", "project") and company_id not in trusted:
                doubtful.append((found, match))
            else:
                counts[company_id] = counts.get(company_id, 0) + 1
    meant = {match[2].owner_id for found, match in doubtful if _is_company(found.raw, match)}
    for found, match in doubtful:
        start, _, term = match
        is_capital = term.role == "word" and _MID_SENTENCE.search(
            found.raw, max(0, start - 2), start
        )
        if term.owner_id in meant and (is_capital or _is_company(found.raw, match)):
            counts[term.owner_id] = counts.get(term.owner_id, 0) + 1
    return counts


def _is_company(raw: str, match: Match) -> bool:
    """Return whether the words around a doubtful name speak of a company."""
    start, end, term = match
    before, after = raw[max(0, start - 24) : start], raw[end : end + 32]
    if _BEFORE_COMPANY.search(before) or _AFTER_COMPANY.match(after):
        return True
    if _LISTED.search(raw, max(0, start - LIST_CHARS), start):
        return True
    name = raw[start:end]
    if len(name) == 1 or term.role == "project" or f" {name.lower()} " in raw:
        return False
    return bool(_AFTER_ACTOR.match(after) or (_BEFORE_ACTOR.search(before) and after[:1] in ",;."))


def _count_name(name: str, text: str) -> int:
    return len(re.findall(rf"\b{re.escape(name)}\b", text)) if name in text else 0
