"""What a publication's editor has at hand: the material, the dice and the titles already used."""

import random
import re
import unicodedata
from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

from orchestration.demo.newsroom.blocks import Block, Picture
from orchestration.demo.newsroom.chance import hex_digits, weight_on, weighted
from orchestration.demo.newsroom.material import Company, Material, Topic
from orchestration.demo.newsroom.truth import FeedTruth, PostTruth

TITLE_DRAWS = 60
"""Draws of a fresh title before one may come back; every publication has enough for this."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """A publication at work."""

    feed: FeedTruth
    material: Material
    dice: random.Random
    titles: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What a post is going to be about."""

    title: str
    topic: Topic
    second: Topic
    company: Company | None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Post:
    """A post with its truth and its parts; compared by identity, so that caches are quick."""

    truth: PostTruth
    subtitle: str
    author: str
    categories: tuple[str, ...]
    cover: Picture
    body: tuple[Block, ...]
    revised_body: tuple[Block, ...] | None = None
    repeat_url: str | None = None
    """Address under which the feed lists the post a second time, by mistake."""


def local_day(desk: Desk, moment: datetime) -> date:
    """Return the publisher's own date of a moment."""
    return moment.astimezone(ZoneInfo(desk.feed.timezone)).date()


def draw_topic(desk: Desk, day: date, *, other_than: Topic | None = None) -> Topic:
    """Return a topic the publication writes about, by its weight on that day."""
    allowed = desk.feed.topics or tuple(desk.material.topics)
    topics = [desk.material.topics[topic_id] for topic_id in allowed]
    return weighted(
        desk.dice, [(topic, weight_on(topic, day)) for topic in topics if topic is not other_than]
    )


def company_subject(desk: Desk, day: date) -> Subject:
    """Return a subject of the kind "How X Built ...", about a company or the blog's own."""
    for _ in range(TITLE_DRAWS):
        topic = draw_topic(desk, day)
        company = _company(desk)
        title = f"How {company.name} {desk.dice.choice(topic.feats)}"
        if title not in desk.titles:
            break
    return _claim(desk, day, title, topic, company)


def guide_subject(desk: Desk, day: date) -> Subject:
    """Return a subject of the kind "A Guide to ...", about no company."""
    for _ in range(TITLE_DRAWS):
        topic = draw_topic(desk, day)
        guide = desk.dice.choice(topic.guides)
        patterns = desk.material.phrases["guide_titles"]
        fitting = [each for each in patterns if ":" not in guide or ":" not in each]
        title = desk.dice.choice(fitting).format(guide=guide)
        if title not in desk.titles:
            break
    return _claim(desk, day, title, topic, None)


def cover_of(desk: Desk, alt: str) -> Picture:
    """Return a picture with a file name of its own."""
    return Picture(name=hex_digits(desk.dice, 32), alt=alt)


def titled(name: str) -> str:
    """Return a topic's name in title case, its capitals and small words kept."""
    return " ".join(
        word if word in {"and", "of"} else word[:1].upper() + word[1:] for word in name.split()
    )


def slug_of(title: str) -> str:
    """Return a title as platforms write it in addresses."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")


def _company(desk: Desk) -> Company:
    own = [each for each in desk.material.companies if each.name == desk.feed.company]
    return own[0] if own else desk.dice.choice(desk.material.companies)


def _claim(desk: Desk, day: date, title: str, topic: Topic, company: Company | None) -> Subject:
    if title in desk.titles:
        title = f"{title}, Part {sum(each.startswith(title) for each in desk.titles) + 1}"
    desk.titles.add(title)
    second = draw_topic(desk, day, other_than=topic)
    return Subject(title=title, topic=topic, second=second, company=company)
