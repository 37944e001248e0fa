"""Technologies named in an article, with how often."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from transforms.lexicons import Lexicons
from transforms.terms import FoundTerms, Match, find_terms

_LANGUAGES = (
    r"(?:Python|Java|JavaScript|TypeScript|Rust|Go|Golang|C\+\+|C#|C|Ruby|Kotlin|Swift|Scala|PHP|"
    r"Zig|Julia|R|MATLAB|SQL|Node\.js|Perl|Elixir)"
)
_LISTED = r"(?:,\s|/|\sand\s|,\sand\s|\sor\s|\svs\.?\s)"
_BEFORE_CODE = re.compile(
    r"^(?:\s(?:programs?|programming|code|codebase|services?|microservices?|binary|binaries|runtime|"
    r"routines?|compilers?|library|libraries|language|modules?|packages?|client|SDK|servers?|backend|"
    r"standard library|developers?|programmers?|concurrency|implementation|bindings?|extensions?|"
    rf"structs?|functions?|channels?|scheduler|toolchain|monolith)\b|{_LISTED}{_LANGUAGES}\b|\s?1\.\d)"
)
_WRITTEN_IN = re.compile(
    r"(?:[Ww]ritten|[Rr]ewritten|[Ii]mplemented|[Bb]uilt|[Cc]oded|[Pp]rogramm\w+|[Cc]ode|[Ss]ervices?|"
    r"[Nn]otebooks?|[Rr]ewrote \w+|[Bb]ackend)\sin\s$"
)
_AFTER_LANGUAGE = re.compile(rf"\b{_LANGUAGES}{_LISTED}$")
_MID_SENTENCE = re.compile(r"[a-z0-9,(/+]\s?$")
_TECHNICAL = re.compile(
    r"^(?:\s(?:jobs?|clusters?|code|apps?|applications?|services?|servers?|frameworks?|components?|"
    r"drivers?|SQL|queries|pipelines?|library|libraries|programs?|developers?|engine|runtime|compiler|"
    r"plugins?|charts?|proxy|sidecars?|streaming|tests?|containers?|APIs?|SDKs?|\d+(?:\.\d+)+|"
    r"on (?:Kubernetes|EMR|YARN|Rails)|Boot|DataFrames?)\b|[,/])"
)

# How far the words beside a name are looked at.
CONTEXT_CHARS = 28


@dataclass(frozen=True, slots=True, kw_only=True)
class TechnologyMention:
    """A technology of an article and how often it is named."""

    technology_id: str
    technology_name: str
    mention_count: int


def find_technologies(
    title: str | None, text: str, lexicons: Lexicons, *, headings: Sequence[str] = ()
) -> tuple[TechnologyMention, ...]:
    """Return the technologies named in title and editorial text, most named first.

    Names that are common words (Spark, Swift) count in the middle of a sentence or beside a
    technical word; Go, R and C only where a language is meant ("written in Go", "a C compiler",
    "Rust, Go").
    """
    in_text = find_terms(text, lexicons.term_index)
    in_titles = find_terms("\n".join([title or "", *headings]), lexicons.term_index)
    counts = _count_names(in_text, in_titles)
    entries = lexicons.technologies.technologies
    return tuple(
        TechnologyMention(
            technology_id=technology_id,
            technology_name=entries[technology_id].technology_name,
            mention_count=count,
        )
        for technology_id, count in sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    )


def _count_names(in_text: FoundTerms, in_titles: FoundTerms) -> dict[str, int]:
    """Return namings per technology; a doubtful name counts all over once it is meant."""
    counts: dict[str, int] = {}
    doubtful: dict[str, int] = {}
    meant: set[str] = set()
    for found in (in_text, in_titles):
        for match in found.technologies:
            term = match[2]
            if not term.role:
                counts[term.owner_id] = counts.get(term.owner_id, 0) + 1
                continue
            before, after = _around(found.raw, match)
            if term.role == "word":
                doubtful[term.owner_id] = doubtful.get(term.owner_id, 0) + 1
                # Titles capitalise any word: there only a technical neighbour tells.
                if _TECHNICAL.match(after) or (found is in_text and _MID_SENTENCE.search(before)):
                    meant.add(term.owner_id)
            elif _is_language(before, after):
                counts[term.owner_id] = counts.get(term.owner_id, 0) + 1
    for technology_id, count in doubtful.items():
        if technology_id in meant or technology_id in counts:
            counts[technology_id] = counts.get(technology_id, 0) + count
    return counts


def _around(raw: str, match: Match) -> tuple[str, str]:
    start, end, _ = match
    return raw[max(0, start - CONTEXT_CHARS) : start], raw[end : end + CONTEXT_CHARS]


def _is_language(before: str, after: str) -> bool:
    """Return whether a letter or a short word is a language, by the words around it."""
    if _WRITTEN_IN.search(before) or _AFTER_LANGUAGE.search(before):
        return True
    return bool(_BEFORE_CODE.match(after))
