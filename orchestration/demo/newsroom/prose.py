"""Sentences into paragraphs, paragraphs into sections."""

import random
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from orchestration.demo.newsroom.blocks import (
    Block,
    Bullets,
    Code,
    Heading,
    Item,
    Paragraph,
    Picture,
)
from orchestration.demo.newsroom.chance import hex_digits
from orchestration.demo.newsroom.desk import Desk, Subject, titled
from orchestration.demo.newsroom.material import Topic

SLOT = re.compile(r"\{(\w+)\}")
NUMBERS: Mapping[str, tuple[int, int, int]] = {
    "n": (3, 9, 1),
    "x": (2, 12, 1),
    "tens": (20, 90, 5),
    "hundreds": (120, 900, 20),
    "k": (12_000, 900_000, 1_000),
    "ms": (5, 400, 5),
    "pct": (12, 70, 1),
    "weeks": (4, 26, 2),
}
"""First, last and step of the numbers a slot may become."""
SECTIONS = 3
"""Sections about the main topic in an article."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """An article in the stretches between which a platform may put something else."""

    opening: tuple[Block, ...]
    sections: tuple[tuple[Block, ...], ...]
    closing: tuple[Block, ...]

    def blocks(self) -> tuple[Block, ...]:
        """Return the whole text in order."""
        return (*self.opening, *(block for part in self.sections for block in part), *self.closing)


@dataclass(frozen=True, slots=True, kw_only=True)
class Decks:
    """Texts of an article in the order they are dealt; none comes twice before all have come."""

    sentences: Iterator[str]
    headings: Iterator[str]
    remarks: Iterator[str]
    verdicts: Iterator[str]
    """What closes a section: a remark on the company, or any remark."""


def fill(dice: random.Random, text: str, words: Mapping[str, str]) -> str:
    """Return the text with every slot filled, numbers drawn anew for each."""

    def value(match: re.Match[str]) -> str:
        name = match.group(1)
        if name in words:
            return words[name]
        first, last, step = NUMBERS[name]
        return f"{dice.randrange(first, last + 1, step):,}"

    filled = SLOT.sub(value, text)
    return filled[:1].upper() + filled[1:]


def dealt(dice: random.Random, texts: Sequence[str]) -> Iterator[str]:
    """Yield the texts in drawn order without end; none comes back before all have been."""
    while True:
        yield from dice.sample(texts, len(texts))


def phrase(desk: Desk, purpose: str, words: Mapping[str, str]) -> str:
    """Return a phrase for a purpose, filled."""
    return fill(desk.dice, desk.dice.choice(desk.material.phrases[purpose]), words)


def words_of(subject: Subject) -> dict[str, str]:
    """Return what the named slots of a subject's text become."""
    words = {"topic": subject.topic.name}
    if subject.company is not None:
        words |= {"company": subject.company.name, "business": subject.company.business}
    return words


def draft_article(desk: Desk, subject: Subject) -> Draft:
    """Return an article about the subject's topic with a detour into its second topic."""
    words = words_of(subject)
    decks = _decks(desk, subject)
    opening = _opening(desk, subject, decks)
    sections = [_section(desk, subject, decks, number) for number in range(SECTIONS)]
    sections.insert(2, _detour(desk, subject.second, decks))
    return Draft(
        opening=opening,
        sections=tuple(sections),
        closing=(
            Heading(text=phrase(desk, "conclusion_headings", words)),
            Paragraph(text=phrase(desk, "closings", words)),
        ),
    )


def references(desk: Desk, subject: Subject) -> tuple[tuple[str, str], ...]:
    """Return one to three references of an article: title and address."""
    found = list(subject.topic.references[: desk.dice.randint(1, 2)])
    if subject.company is not None:
        slug = re.sub(r"[^a-z0-9]+", "-", subject.title.lower()).strip("-")
        url = f"https://engineering.{subject.company.domain}/{slug}"
        found.insert(0, (f"{subject.company.name} Engineering: {subject.title}", url))
    return tuple(found)


def link_list(links: Sequence[tuple[str, str]]) -> Bullets:
    """Return links as a list."""
    return Bullets(items=tuple(Item(text=f"[{title}]({url})") for title, url in links))


def topic_bullets(desk: Desk, topic: Topic, below: tuple[str, ...] = ()) -> Bullets:
    """Return the topic's points as a list, some texts below the first of them."""
    first, *others = desk.dice.sample(topic.items, 4)
    items = (Item(text=first, items=below), *(Item(text=text) for text in others))
    return Bullets(items=items, is_ordered=desk.dice.random() < 0.25)


def paragraph(
    desk: Desk, deck: Iterator[str], count: int, *, before: str = "", after: str = ""
) -> Paragraph:
    """Return a paragraph of so many sentences from the deck, with a text before or after them."""
    texts = [fill(desk.dice, text, {}) for text in islice(deck, count)]
    return Paragraph(text=" ".join(text for text in (before, *texts, after) if text))


def _decks(desk: Desk, subject: Subject) -> Decks:
    phrases = desk.material.phrases
    remarks = dealt(desk.dice, phrases["remarks"])
    is_guide = subject.company is None
    return Decks(
        sentences=dealt(desk.dice, subject.topic.sentences),
        headings=dealt(desk.dice, subject.topic.headings),
        remarks=remarks,
        verdicts=remarks if is_guide else dealt(desk.dice, phrases["company_remarks"]),
    )


def _opening(desk: Desk, subject: Subject, decks: Decks) -> tuple[Block, ...]:
    words = words_of(subject)
    second = paragraph(desk, decks.sentences, 2, after=phrase(desk, "promises", words))
    if subject.company is None:
        return Paragraph(text=phrase(desk, "openings", words)), second
    first = f"{phrase(desk, 'company_openings', words)} {phrase(desk, 'company_facts', words)}"
    if subject.company.name == desk.feed.company:
        return Paragraph(text=first), second
    note = Paragraph(text=phrase(desk, "company_notes", words), style="note")
    return Paragraph(text=first), second, note


def _section(desk: Desk, subject: Subject, decks: Decks, number: int) -> tuple[Block, ...]:
    words = words_of(subject)
    remark = fill(desk.dice, next(decks.remarks), words)
    verdict = fill(desk.dice, next(decks.verdicts), words)
    return (
        Heading(text=next(decks.headings)),
        paragraph(desk, decks.sentences, 2, after=remark),
        *_interlude(desk, subject, decks, number),
        paragraph(desk, decks.sentences, 1, after=verdict),
    )


def _interlude(desk: Desk, subject: Subject, decks: Decks, number: int) -> tuple[Block, ...]:
    """Return what stands between a section's paragraphs: a picture, a list or code."""
    if number == 0:
        return _illustration(desk, subject)
    if number == 1:
        intro = Paragraph(text=phrase(desk, "list_intros", {}))
        below = islice(decks.sentences, 2 * (desk.dice.random() < 0.2))
        nested = tuple(fill(desk.dice, text, {}) for text in below)
        return intro, topic_bullets(desk, subject.topic, nested)
    if subject.topic.code is None:
        return ()
    language, text = subject.topic.code
    return (Code(language=language, text=text),)


def _illustration(desk: Desk, subject: Subject) -> tuple[Block, ...]:
    name = hex_digits(desk.dice, 32)
    alt = f"Diagram of {subject.topic.name}"
    intro = Paragraph(text=phrase(desk, "picture_intros", {}))
    if subject.company is None or subject.company.name == desk.feed.company:
        return intro, Picture(name=name, alt=alt)
    source = f"https://engineering.{subject.company.domain}/"
    caption = f"Source: [{subject.company.name} Engineering Blog]({source})"
    return intro, Picture(name=name, alt=alt, caption=caption)


def _detour(desk: Desk, topic: Topic, decks: Decks) -> tuple[Block, ...]:
    sentences = dealt(desk.dice, topic.sentences)
    remark = fill(desk.dice, next(decks.remarks), {})
    heading = phrase(desk, "detour_headings", {"topic": titled(topic.name)})
    return Heading(text=heading), paragraph(desk, sentences, 3, after=remark)
