"""Topics of an article, each with the terms that gave it: an analyst sees why a tag is there."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from math import log2

from transforms.lexicons import Lexicons
from transforms.lexicons.topic_lexicon import WEIGHTS
from transforms.terms import FoundTerms, count_words, find_terms

# A term of the title says what an article is about, one of a heading what a part of it is about.
TITLE_FACTOR = 3.0
HEADING_FACTOR = 1.0
CATEGORY_FACTOR = 2.0

# A text of twice the length names twice the terms in passing: its evidence is divided by this
# power of its length.
LENGTH_UNIT_WORDS = 400
LENGTH_POWER = 0.5

# What a topic must reach: evidence of its own, and a share of the strongest topic's.
LEAST_SCORE = 5.0
LEAST_SHARE = 0.25

# Words up to which an article carries at most so many topics.
MOST_TOPICS = ((250, 4), (700, 5))
MOST_TOPICS_LONG = 6
EVIDENCE_TERMS = 8

# Different terms a topic needs without the title: in more words, more words come by chance.
LEAST_TERMS = 3
SHORT_WORDS = 250


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicTag:
    """A topic of an article with its evidence, strongest term first."""

    topic_id: str
    score: float
    rank: int
    evidence: tuple[str, ...]


@dataclass(slots=True)
class _Evidence:
    """What speaks for a topic: weights and namings by phrase, points of title and headings."""

    weights: dict[str, float] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)
    title: float = 0.0
    headings: float = 0.0


def tag_topics(
    title: str | None,
    headings: Sequence[str],
    text: str,
    lexicons: Lexicons,
    *,
    categories: Sequence[str] = (),
) -> tuple[TopicTag, ...]:
    """Return the topics of an article, strongest first; `text` is its editorial text only.

    A long article gets up to six topics, a short one fewer. A topic needs a strong term in the
    title or several different terms: a single word in passing is no topic.
    """
    evidence: dict[str, _Evidence] = {}
    _count_body(evidence, find_terms(text, lexicons.term_index))
    for phrase_of, points in _points("\n".join(headings), HEADING_FACTOR, lexicons):
        _note(evidence, phrase_of).headings += points
    for place, factor in ((title or "", TITLE_FACTOR), ("\n".join(categories), CATEGORY_FACTOR)):
        for phrase_of, points in _points(place, factor, lexicons):
            _note(evidence, phrase_of).title += points
    word_count = count_words(text)
    scores = {topic_id: _score(entry, word_count) for topic_id, entry in evidence.items()}
    return _choose(scores, evidence, word_count)


def _count_body(evidence: dict[str, _Evidence], found: FoundTerms) -> None:
    for term, count in Counter(term for _, _, term in found.topics).items():
        if term.weight:
            entry = evidence.setdefault(term.owner_id, _Evidence())
            entry.weights[term.phrase] = term.weight
            entry.counts[term.phrase] = entry.counts.get(term.phrase, 0) + count


def _points(
    place: str, factor: float, lexicons: Lexicons
) -> list[tuple[tuple[str, str, float], float]]:
    """Return the terms of a title or of headings with their points, each once."""
    if not place:
        return []
    terms = {
        (term.owner_id, term.phrase, term.weight)
        for _, _, term in find_terms(place, lexicons.term_index).topics
        if term.weight
    }
    return [(term, term[2] * factor) for term in sorted(terms)]


def _note(evidence: dict[str, _Evidence], term: tuple[str, str, float]) -> _Evidence:
    topic_id, phrase, weight = term
    entry = evidence.setdefault(topic_id, _Evidence())
    entry.weights.setdefault(phrase, weight)
    return entry


def _score(entry: _Evidence, word_count: int) -> float:
    if not _is_evident(entry, word_count):
        return 0.0
    # The fifth naming of a term says little more than the third: namings weigh by their logarithm.
    body = sum(entry.weights[phrase] * log2(1 + count) for phrase, count in entry.counts.items())
    length = max(1.0, word_count / LENGTH_UNIT_WORDS) ** LENGTH_POWER
    return float(entry.title + (entry.headings + body) / length)


def _is_evident(entry: _Evidence, word_count: int) -> bool:
    """Return whether terms are enough for a topic: a strong one in the title, or several."""
    strongest = max(entry.weights.values())
    if entry.title and strongest >= WEIGHTS["strong"]:
        return True
    least = 2 if entry.title or word_count <= SHORT_WORDS else LEAST_TERMS
    return strongest > WEIGHTS["weak"] and len(entry.weights) >= least


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
        return (-entry.weights[phrase] * log2(2 + entry.counts.get(phrase, 0)), phrase)

    return tuple(sorted(entry.weights, key=strength)[:EVIDENCE_TERMS])
