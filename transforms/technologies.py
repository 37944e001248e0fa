"""Technologies named in an article, with how often."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from transforms.lexicons import Lexicons
from transforms.terms import FoundTerms, Match, find_terms

_LANGUAGES = r"(?:Python|Java|JavaScript|TypeScript|Rust|Go|Golang|C\+\+|C#|C|Ruby|Kotlin|Swift|Scala|PHP|Zig|Julia|R|MATLAB|SQL|Node\.js|Perl|Elixir)"
_BEFORE_LETTER = re.compile(
    rf"(?:\b(?:[Ww]ritten in|[Rr]ewritten in|[Ii]mplemented in|[Bb]uilt in|[Cc]oded in|[Pp]rogram(?:med|ming)? in|[Cc]ode in|"
    rf"[Uu]sing|to|from|in plain|in pure|in idiomatic|with|for|and|or|like|prefer|learn|[Tt]he)\s|\b{_LANGUAGES}(?:,\s|/|\sand\s|,\sand\s|\sor\s|\svs\.?\s))$"
)
_AFTER_LETTER = re.compile(
    rf"^(?:\s(?:programs?|programming|code|codebase|services?|microservices?|binar(?:y|ies)|runtime|routines?|compilers?|librar(?:y|ies)|"
    rf"language|modules?|packages?|client|SDK|servers?|backend|standard library|developers?|programmers?|team|concurrency|"
    rf"implementation|bindings?|extensions?|structs?|functions?|channels?|scheduler|garbage|toolchain|monolith|gopher)|"
    rf"(?:,\s|/|\sand\s|,\sand\s|\sor\s|\svs\.?\s){_LANGUAGES}\b|\s?1\.\d+)"
)
_STRICTLY_BEFORE = re.compile(r"(?:[Ww]ritten|[Rr]ewritten|[Ii]mplemented|[Bb]uilt|[Cc]oded|[Pp]rogramm\w+|[Cc]ode|[Ss]ervices?|[Rr]ewrote \w+|[Bb]ackend)\sin\s$")
_NAMES_LANGUAGE = re.compile(rf"{_LANGUAGES}(?:,\s|/|\sand\s|,\sand\s|\sor\s|\svs\.?\s)$")
_MID_SENTENCE = re.compile(r"[a-z0-9,(/+]\s?$")
_TECHNICAL = re.compile(
    r"^(?:\s(?:jobs?|clusters?|code|apps?|applications?|services?|servers?|frameworks?|components?|drivers?|SQL|queries|pipelines?|"
    r"librar(?:y|ies)|programs?|developers?|engine|runtime|compiler|plugins?|charts?|proxy|sidecars?|streaming|tests?|"
    r"containers?|APIs?|SDKs?|\d+(?:\.\d+)+|on (?:Kubernetes|EMR|YARN|Rails)|Boot|DataFrames?)\b|[,/])"
)


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

    Names that are common words (Spark, Swift) count in the middle of a sentence or beside a technical word; Go, R and C
    only where a language is meant ("written in Go", "a C compiler", "Rust, Go").
    """
    counts: dict[str, int] = {}
    for found in (
        find_terms(text, lexicons.term_index),
        find_terms(title or "", lexicons.term_index),
        find_terms("\n".join(headings), lexicons.term_index),
    ):
        for match in found.technologies:
            technology_id = match[2].owner_id
            if _is_meant(found, match, is_known=technology_id in counts):
                counts[technology_id] = counts.get(technology_id, 0) + 1
    entries = lexicons.technologies.technologies
    return tuple(
        TechnologyMention(
            technology_id=technology_id,
            technology_name=entries[technology_id].technology_name,
            mention_count=count,
        )
        for technology_id, count in sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    )


def _is_meant(found: FoundTerms, match: Match, *, is_known: bool) -> bool:
    start, end, term = match
    if not term.role:
        return True
    before, after = found.raw[max(0, start - 28) : start], found.raw[end : end + 28]
    if term.role == "letter":
        return _is_language(before, after)
    return is_known or bool(_MID_SENTENCE.search(before) or _TECHNICAL.match(after))


def _is_language(before: str, after: str) -> bool:
    if _STRICTLY_BEFORE.search(before) or _NAMES_LANGUAGE.search(before):
        return True
    return bool(_AFTER_LETTER.match(after))
