"""The taxonomy of topics as data: two levels, terms in three weights, and shields."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from transforms.terms import Term

# A strong term is the topic's own word; a plain one belongs to it and to a neighbour; a weak one
# only supports.
WEIGHTS = {"strong": 4.0, "plain": 2.0, "weak": 1.0, "exclude": 0.0}


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicEntry:
    """A topic, or an area when it has no parent, with the phrases that speak for it."""

    topic_id: str
    topic_name: str
    parent_topic_id: str | None
    aliases: tuple[str, ...]
    terms: tuple[Term, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicLexicon:
    """One version of the taxonomy."""

    version: str
    areas: tuple[TopicEntry, ...]
    topics: tuple[TopicEntry, ...]

    def terms(self) -> Iterator[Term]:
        """Yield the terms of all topics."""
        return (term for topic in self.topics for term in topic.terms)


def parse_topics(data: Mapping[str, Any]) -> TopicLexicon:
    """Return the taxonomy of a parsed topics.toml; ValueError names a topic without an area."""
    areas = tuple(
        TopicEntry(topic_id=area_id, topic_name=name, parent_topic_id=None, aliases=(), terms=())
        for area_id, name in data["areas"].items()
    )
    topics = tuple(_read_topic(topic_id, fields) for topic_id, fields in data["topics"].items())
    for topic in topics:
        if topic.parent_topic_id not in data["areas"]:
            message = (
                f"topic {topic.topic_id!r}: area {topic.parent_topic_id!r} is not among [areas]"
            )
            raise ValueError(message)
    return TopicLexicon(version=str(data["version"]), areas=areas, topics=topics)


def _read_topic(topic_id: str, fields: Mapping[str, Any]) -> TopicEntry:
    terms = tuple(
        Term(vocabulary="topics", owner_id=topic_id, phrase=phrase, weight=weight)
        for group, weight in WEIGHTS.items()
        for phrase in fields.get(group, ())
    )
    return TopicEntry(
        topic_id=topic_id,
        topic_name=fields["name"],
        parent_topic_id=fields["area"],
        aliases=tuple(fields.get("aliases", ())),
        terms=terms,
    )
