"""Phrases that rise against their own past and belong to no topic yet.

Counted over titles and headings, not bodies: there an author names what a piece is about. The
weight is that of TF-IDF with months as documents: how often a phrase stands now, times how few
of the months before knew it.
"""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any, ClassVar

import pyarrow as pa

from transforms.lexicons import Lexicons, load_lexicons, read_lexicon
from transforms.records import to_arrow
from transforms.records.schema import Table
from transforms.terms import find_terms

RECENT_DAYS = 90
PAST_DAYS = 365
LEAST_ARTICLES = 3
"""A phrase of fewer recent articles is chance."""
LEAST_RISE = 2.0
"""How many times its past share a phrase must have now."""
LEAST_LINE_SHARE = 0.5
"""How many different headlines an article with it must bring: rubrics and series repeat one."""
MOST_WORDS = 3
MOST_TERMS = 100

INPUTS = frozenset({"marts.article_headlines"})

_WORD = re.compile(r"[A-Za-z][A-Za-z0-9+#.-]*[A-Za-z0-9+#]|[A-Za-z]")


@dataclass(frozen=True, slots=True, kw_only=True)
class EmergingTerm:
    """A phrase of headlines that stands more often than in the year before, and is no topic."""

    TABLE: ClassVar[Table] = Table(
        name="emerging_terms", grain="phrase", key=("term",), owner=("term",), is_monthly=False
    )

    term: Annotated[str, "The phrase in small letters"]
    article_count: Annotated[int, "Articles of the last 90 days with it in a headline"]
    feed_count: Annotated[int, "Feeds those articles stand in"]
    past_article_count: Annotated[int, "Articles of the 365 days before with it"]
    share: Annotated[float, "article_count as a share of the articles of the last 90 days"]
    past_share: Annotated[float, "past_article_count as a share of that year's articles"]
    score: Annotated[float, "Recent count times the rarity of the phrase among past months"]
    example_title: Annotated[str | None, "Title of the latest article with it"]


@dataclass(slots=True)
class _Uses:
    recent: dict[str, dict[str, Any]]
    lines: dict[str, set[str]]
    past: Counter[str]
    past_months: dict[str, set[str]]
    recent_total: int = 0
    past_total: int = 0


def find_emerging_terms(tables: Mapping[str, pa.Table]) -> pa.Table:
    """Return the rows of `emerging_terms` from `marts.article_headlines`, strongest first."""
    rows = tables["marts.article_headlines"].to_pylist()
    return to_arrow(EmergingTerm, emerging_terms(rows, load_lexicons()))


def emerging_terms(rows: Sequence[Mapping[str, Any]], lexicons: Lexicons) -> list[EmergingTerm]:
    """Return rising phrases of the rows of `marts.article_headlines`.

    Phrases that a topic, company or technology of the lexicon already stands for are left out,
    and so are feeds without a past: all their words would be new.
    """
    uses = _count(rows, lexicons)
    found = [
        term
        for phrase, by_article in uses.recent.items()
        if len(by_article) >= LEAST_ARTICLES
        and len(uses.lines[phrase]) >= LEAST_LINE_SHARE * len(by_article)
        and (term := _term(phrase, by_article, uses)) is not None
        and not _is_known(phrase, lexicons)
    ]
    ranked = sorted(found, key=lambda term: (-term.score, term.term))
    return _without_parts(ranked)[:MOST_TERMS]


def _count(rows: Sequence[Mapping[str, Any]], lexicons: Lexicons) -> _Uses:
    uses = _Uses(
        recent=defaultdict(dict), lines=defaultdict(set), past=Counter(),
        past_months=defaultdict(set),
    )  # fmt: skip
    known_feeds = {row["feed_id"] for row in rows if _is_past(_age(row))}
    for row in sorted(rows, key=lambda row: (row["published_date"], row["article_id"])):
        age = _age(row)
        if row["feed_id"] not in known_feeds or not 0 <= age < RECENT_DAYS + PAST_DAYS:
            continue
        lines = _lines_by_phrase(row, lexicons)
        if _is_past(age):
            uses.past_total += 1
            uses.past.update(lines.keys())
            for phrase in lines:
                uses.past_months[phrase].add(f"{row['published_date']:%Y-%m}")
        else:
            uses.recent_total += 1
            for phrase, found in lines.items():
                uses.recent[phrase][row["article_id"]] = row
                uses.lines[phrase] |= found
    return uses


def _age(row: Mapping[str, Any]) -> int:
    age: int = (row["as_of_date"] - row["published_date"]).days
    return age


def _is_past(age: int) -> bool:
    return RECENT_DAYS <= age < RECENT_DAYS + PAST_DAYS


def _lines_by_phrase(row: Mapping[str, Any], lexicons: Lexicons) -> dict[str, set[str]]:
    """Return the phrases of an article's headlines, each with the headlines it stands in."""
    own_name = frozenset(row["feed_id"].split("-"))
    found: dict[str, set[str]] = {}
    for line in (row["title"] or "", *(row["headings"] or ())):
        # The numbers of issues and dates tell apart what is one standing headline.
        bare = re.sub(r"\d+", "", line.lower())
        for phrase in _phrases(_without_names(line, lexicons)):
            if not own_name.issuperset(phrase.split()):
                found.setdefault(phrase, set()).add(bare)
    return found


def _without_names(line: str, lexicons: Lexicons) -> str:
    """Return a headline with breaks for known phrases of several words.

    What is left of "change data capture" is no phrase of its own.
    """
    found = find_terms(line, lexicons.term_index)
    known = (*found.topics, *found.companies, *found.technologies)
    spans = [(start, end) for start, end, _ in known if " " in found.raw[start:end].strip()]
    parts = list(found.raw)
    for start, end in spans:
        parts[start:end] = "\n" * (end - start)
    return "".join(parts)


def _phrases(text: str) -> Iterator[str]:
    """Yield terms of one to three words that neither begin nor end in a filler word."""
    words = _words()
    for line in re.split(r"[\n:;,!?()\[\]|/–—]|\s-\s|\.\s", text):
        found = [word.lower() for word in _WORD.findall(line)]
        for size in range(1, MOST_WORDS + 1):
            for start in range(len(found) - size + 1):
                run = found[start : start + size]
                if words.is_term(run):
                    yield " ".join(run)


@dataclass(frozen=True, slots=True)
class _Words:
    """Words that make no term: at its edge, within it, or by themselves."""

    stop: frozenset[str]
    joining: frozenset[str]
    plain: frozenset[str]

    def is_term(self, run: Sequence[str]) -> bool:
        """Tell whether a run of words may be a term."""
        if self.stop & {run[0], run[-1]} or not self.joining.issuperset(self.stop & {*run[1:-1]}):
            return False
        if len(run) == 1:
            return len(run[0]) > 2 and run[0] not in self.plain
        return len(run[0]) > 1


@cache
def _words() -> _Words:
    data = read_lexicon("stopwords")
    return _Words(*(frozenset(data[name]) for name in ("words", "joining", "plain")))


def _term(
    phrase: str, by_article: Mapping[str, Mapping[str, Any]], uses: _Uses
) -> EmergingTerm | None:
    share = len(by_article) / uses.recent_total
    past = uses.past[phrase]
    # Half an article more in the past: what was never written before has a finite rise.
    past_share = (past + 0.5) / (uses.past_total + 0.5)
    if uses.past_total == 0 or share < LEAST_RISE * past_share:
        return None
    months = PAST_DAYS / 30
    rarity = math.log((1 + months) / (1 + len(uses.past_months[phrase])))
    return EmergingTerm(
        term=phrase,
        article_count=len(by_article),
        feed_count=len({row["feed_id"] for row in by_article.values()}),
        past_article_count=past,
        share=round(share, 4),
        past_share=round(past / uses.past_total, 4),
        score=round(len(by_article) * rarity, 3),
        example_title=list(by_article.values())[-1]["title"],
    )


def _is_known(phrase: str, lexicons: Lexicons) -> bool:
    """Tell whether the lexicon has the phrase, in whatever capitals its names bind."""
    for spelling in (phrase, phrase.title(), phrase.upper()):
        found = find_terms(spelling, lexicons.term_index)
        named = (*found.topics, *found.companies, *found.technologies)
        if any(end - start >= len(phrase) for start, end, _ in named):
            return True
    return False


def _without_parts(ranked: Sequence[EmergingTerm]) -> list[EmergingTerm]:
    """Leave out phrases that only ever stand within a longer one of the list."""
    counts = {term.term: term.article_count for term in ranked}
    return [
        term
        for term in ranked
        if not any(
            f" {term.term} " in f" {longer} "
            and longer != term.term
            and count >= term.article_count
            for longer, count in counts.items()
        )
    ]
