"""The written material of the newsroom, read from the TOML files beside this package."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from orchestration.demo.newsroom.truth import FeedTruth, Regime

MATERIAL = Path(__file__).parent.parent / "material"
SILENCE_DAYS = 90
"""A last post this long before the end of the newsroom counts as silence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """What can be written about a topic."""

    topic_id: str
    name: str
    weights: tuple[tuple[date, float], ...]
    """How often it is chosen over time, linear between the days given."""
    feats: tuple[str, ...]
    guides: tuple[str, ...]
    questions: tuple[str, ...]
    headings: tuple[str, ...]
    sentences: tuple[str, ...]
    items: tuple[str, ...]
    references: tuple[tuple[str, str], ...]
    code: tuple[str, str] | None
    """Language and text of a code sample."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Company:
    """An invented company articles are about."""

    name: str
    domain: str
    business: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Creative:
    """An advertisement that runs unchanged in many posts."""

    headline: str
    paragraphs: tuple[str, ...]
    bullets: tuple[str, ...]
    cta: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """Days on which a sponsor may be booked in a feed."""

    feed_id: str
    first_day: date
    last_day: date
    weight: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Sponsor:
    """An invented advertiser."""

    name: str
    slug: str
    domain: str
    runs: tuple[Run, ...]
    creatives: tuple[Creative, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """Something the publisher of the first newsletter sells itself."""

    name: str
    slug: str
    title: str | None
    last_title: str | None
    heading: str
    paragraphs: tuple[str, ...]
    bullets: tuple[str, ...]
    cta: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """Everything the generator draws from."""

    topics: Mapping[str, Topic]
    companies: tuple[Company, ...]
    sponsors: tuple[Sponsor, ...]
    offers: Mapping[str, Offer]
    publications: tuple[FeedTruth, ...]
    phrases: Mapping[str, tuple[str, ...]]
    """Sentences that fit any topic, by what they are for."""


@cache
def load_material(end: date) -> Material:
    """Return the material; `end` is the last day of the newsroom, which decides who is silent."""
    return Material(
        topics=MappingProxyType(
            {path.stem: _topic(path) for path in sorted((MATERIAL / "topics").glob("*.toml"))}
        ),
        companies=tuple(Company(**row) for row in _read("companies")["company"]),
        sponsors=tuple(_sponsor(row) for row in _read("sponsors")["sponsor"]),
        offers=MappingProxyType({row["name"]: _offer(row) for row in _read("house")["offer"]}),
        publications=tuple(_publication(row, end) for row in _read("publications")["publication"]),
        phrases=MappingProxyType({key: tuple(value) for key, value in _read("common").items()}),
    )


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((MATERIAL / f"{name}.toml").read_text(encoding="utf-8"))


def _topic(path: Path) -> Topic:
    row = tomllib.loads(path.read_text(encoding="utf-8"))
    code = row.get("code")
    return Topic(
        topic_id=path.stem,
        name=row["name"],
        weights=tuple((date.fromisoformat(f"{month}-01"), w) for month, w in row["weight"]),
        references=tuple((title, url) for title, url in row["references"]),
        code=(code["language"], code["text"].strip("\n")) if code else None,
        **{
            key: tuple(row[key])
            for key in ("feats", "guides", "questions", "headings", "sentences", "items")
        },
    )


def _sponsor(row: dict[str, Any]) -> Sponsor:
    return Sponsor(
        name=row["name"],
        slug=row["slug"],
        domain=row["domain"],
        runs=tuple(
            Run(
                feed_id=feed_id,
                first_day=date.fromisoformat(first),
                last_day=date.fromisoformat(last),
                weight=weight,
            )
            for feed_id, first, last, weight in row["runs"]
        ),
        creatives=tuple(
            Creative(
                headline=each["headline"],
                paragraphs=tuple(each["copy"]),
                bullets=tuple(each["bullets"]),
                cta=each["cta"],
            )
            for each in row["creative"]
        ),
    )


def _offer(row: dict[str, Any]) -> Offer:
    return Offer(
        name=row["name"],
        slug=row["slug"],
        title=row.get("title"),
        last_title=row.get("last_title"),
        heading=row["heading"],
        paragraphs=tuple(row["copy"]),
        bullets=tuple(row["bullets"]),
        cta=row["cta"],
    )


def _publication(row: dict[str, Any], end: date) -> FeedTruth:
    regimes = tuple(
        Regime(
            first_day=date.fromisoformat(each["first_day"]),
            last_day=date.fromisoformat(each["last_day"]),
            local_time=each["time"],
            weekdays=tuple((int(day), chance) for day, chance in each["weekdays"].items()),
            is_irregular=each.get("is_irregular", False),
        )
        for each in row["regime"]
    )
    last_day = regimes[-1].last_day
    secure_since = row.get("secure_since")
    return FeedTruth(
        regimes=regimes,
        topics=tuple(row.get("topics", ())),
        tags=tuple(row["tags"]),
        company=row.get("company"),
        secure_since=date.fromisoformat(secure_since) if secure_since else None,
        silent_since=last_day if (end - last_day).days > SILENCE_DAYS else None,
        **{
            key: row[key]
            for key in (
                "feed_id",
                "platform",
                "title",
                "tagline",
                "author",
                "home_url",
                "domain",
                "timezone",
            )
        },
    )
