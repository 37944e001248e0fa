"""Rows of the dimensions: what the lexicons say of sponsors, companies and topics that occur."""

from collections.abc import Iterable
from pathlib import Path

from transforms.lexicons import load_lexicons
from transforms.records import (
    ArticleCompany,
    Company,
    Sponsor,
    SponsorPlacement,
    Topic,
    arrow_schema,
)
from warehouse.tables import read_rows


def sponsor_rows(core: Path, placements: Iterable[SponsorPlacement]) -> list[Sponsor]:
    """Return the sponsors of placements, with the domains that earlier placements showed."""
    held = {row["sponsor_id"]: row for row in read_rows(core, arrow_schema(Sponsor)).to_pylist()}
    found: dict[str, tuple[str, set[str]]] = {}
    for row in placements:
        if row.sponsor_id and row.sponsor_name:
            _, domains = found.setdefault(row.sponsor_id, (row.sponsor_name, set()))
            domains.update([row.sponsor_domain] if row.sponsor_domain else [])
    return [
        _sponsor(sponsor_id, name, domains | set(held.get(sponsor_id, {}).get("domains") or ()))
        for sponsor_id, (name, domains) in sorted(found.items())
    ]


def _sponsor(sponsor_id: str, name: str, seen_domains: set[str]) -> Sponsor:
    known = load_lexicons().companies.companies.get(sponsor_id)
    return Sponsor(
        sponsor_id=sponsor_id,
        sponsor_name=known.company_name if known else name,
        aliases=(*known.aliases, *known.products) if known else (),
        domains=tuple(known.domains if known and known.domains else sorted(seen_domains)),
        category=known.category if known else None,
        is_in_lexicon=known is not None,
    )


def company_rows(companies: Iterable[ArticleCompany]) -> list[Company]:
    """Return the companies that articles name, as the lexicon describes them."""
    lexicon = load_lexicons().companies
    names = {row.company_id: row.company_name for row in companies}
    return [
        Company(
            company_id=company_id,
            company_name=known.company_name if known else name,
            aliases=(*known.aliases, *known.products) if known else (),
            domains=known.domains if known else (),
            category=known.category if known else None,
            is_in_lexicon=known is not None,
        )
        for company_id, name in sorted(names.items())
        for known in [lexicon.companies.get(company_id)]
    ]


def topic_rows() -> list[Topic]:
    """Return the whole taxonomy: a topic nobody wrote about is an answer too."""
    lexicon = load_lexicons().topics
    return [
        Topic(
            topic_id=entry.topic_id,
            topic_name=entry.topic_name,
            parent_topic_id=entry.parent_topic_id,
            aliases=entry.aliases,
        )
        for entry in (*lexicon.areas, *lexicon.topics)
    ]
