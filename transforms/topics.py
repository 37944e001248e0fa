"""Topics of an article, each with the terms that gave it: an analyst sees why a tag is there."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from transforms.lexicons import Lexicons
from transforms.lexicons.topic_lexicon import WEIGHTS
from transforms.terms import FoundTerms, find_terms

# A term of the title says what an article is about, one of a heading what a part of it is about.
TITLE_FACTOR = 3.0
HEADING_FACTOR = 1.0
CATEGORY_FACTOR = 2.0

# A text of twice the length names twice the terms in passing: body evidence is divided by this power of the length.
LENGTH_UNIT_WORDS = 400
LENGTH_POWER = 0.5

# What a topic must reach: evidence of its own, and a share of the strongest topic's.
LEAST_SCORE = 5.0
LEAST_SHARE = 0.3

# Words up to which an article carries at most so many topics.
MOST_TOPICS = ((250, 4), (700, 5))
MOST_TOPICS_LONG = 6
EVIDENCE_TERMS = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicTag:
    """A topic of an article with its evidence, strongest term first."""

    topic_id: str
    score: float
    rank: int
    evidence: tuple[str, ...]


@dataclass(slots=True)
class _Evidence:
    weights: dict[str, float]
    counts: dict[str, int]
    title: float = 0.0
    headings: float = 0.0

    def body(self) -> float:
        # The fifth mention of a word says little more than the third: counts weigh by their logarithm.
        return sum(
            weight * math.log2(1 + self.counts[phrase])
            for phrase, weight in self.weights.items()
            if phrase in self.counts
        )


def tag_topics(
    title: str | None,
    headings: Sequence[str],
    text: str,
    lexicons: Lexicons,
    *,
    categories: Sequence[str] = (),
) -> tuple[TopicTag, ...]:
    """Return the topics of an article, strongest first; `text` is its editorial text only.

    A long article gets up to six topics, a short one fewer. A topic needs a strong or plain term, and either two
    different terms or one in the title: a single word in passing is no topic.
    """
    index = lexicons.term_index
    found = find_terms(text, index)
    evidence: dict[str, _Evidence] = {}
    _count_body(evidence, found)
    _add_factor(evidence, find_terms(title or "", index), TITLE_FACTOR, "title")
    _add_factor(evidence, find_terms("\n".join(headings), index), HEADING_FACTOR, "headings")
    if categories:
        _add_factor(evidence, find_terms("\n".join(categories), index), CATEGORY_FACTOR, "title")
    word_count = len(text.split())
    scores = {topic: _score(found_terms, word_count) for topic, found_terms in evidence.items()}
    return _choose(scores, evidence, word_count)


def _count_body(evidence: dict[str, _Evidence], found: FoundTerms) -> None:
    for match in found.matches:
        term = match.term
        if term.vocabulary == "topic" and term.weight:
            entry = evidence.setdefault(term.owner_id, _Evidence({}, {}))
            entry.weights[term.phrase] = term.weight
            entry.counts[term.phrase] = entry.counts.get(term.phrase, 0) + 1


def _add_factor(
    evidence: dict[str, _Evidence], found: FoundTerms, factor: float, place: str
) -> None:
    """Add the terms of a title or of headings: once each, however often they stand there."""
    seen = {
        (match.term.owner_id, match.term.phrase): match.term.weight
        for match in found.matches
        if match.term.vocabulary == "topic" and match.term.weight
    }
    for (topic_id, phrase), weight in seen.items():
        entry = evidence.setdefault(topic_id, _Evidence({}, {}))
        entry.weights.setdefault(phrase, weight)
        setattr(entry, place, getattr(entry, place) + weight * factor)


def _score(entry: _Evidence, word_count: int) -> float:
    if max(entry.weights.values()) <= WEIGHTS["weak"]:
        return 0.0
    if len(entry.weights) < 2 and not entry.title:
        return 0.0
    length = max(1.0, word_count / LENGTH_UNIT_WORDS) ** LENGTH_POWER
    return entry.title + (entry.headings + entry.body()) / length


def _choose(
    scores: dict[str, float], evidence: dict[str, _Evidence], word_count: int
) -> tuple[TopicTag, ...]:
    most = next((most for words, most in MOST_TOPICS if word_count <= words), MOST_TOPICS_LONG)
    ranked = sorted(scores.items(), key=lambda item: (-item[1], item[0]))
    least = max(LEAST_SCORE, LEAST_SHARE * ranked[0][1]) if ranked else 0.0
    return tuple(
        TopicTag(
            topic_id=topic_id,
            score=round(score, 3),
            rank=rank,
            evidence=_strongest(evidence[topic_id]),
        )
        for rank, (topic_id, score) in enumerate(ranked[:most], start=1)
        if score >= least
    )


def _strongest(entry: _Evidence) -> tuple[str, ...]:
    def strength(phrase: str) -> tuple[float, str]:
        return (-entry.weights[phrase] * math.log2(2 + entry.counts.get(phrase, 0)), phrase)

    phrases: Iterable[str] = sorted(entry.weights, key=strength)
    return tuple(list(phrases)[:EVIDENCE_TERMS])
