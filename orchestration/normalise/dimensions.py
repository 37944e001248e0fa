"""Rows of the dimensions: what the lexicons say of sponsors, companies and topics that occur."""

from collections.abc import Iterable
from pathlib import Path

from transforms.lexicons import load_lexicons
from transforms.lexicons.sponsor_lexicon import name_key
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
    """Return the sponsors of placements, with the domains that earlier placements showed.

    Where nothing knows a sponsor's own domain its row shows the landing's; shorteners,
    redirectors and platforms are nobody's own.
    """
    hosts = load_lexicons().sponsors.hosts
    foreign = hosts.shorteners | hosts.redirectors | hosts.platforms
    held = {row["sponsor_id"]: row for row in read_rows(core, arrow_schema(Sponsor)).to_pylist()}
    found: dict[str, tuple[set[str], set[str]]] = {}
    for row in placements:
        if row.sponsor_id and row.sponsor_name:
            names, domains = found.setdefault(row.sponsor_id, (set(), set()))
            names.add(row.sponsor_name)
            domains.update({row.sponsor_domain or ""} - {"", *foreign})
    for sponsor_id, (names, domains) in found.items():
        if earlier := held.get(sponsor_id):
            names.add(earlier["sponsor_name"])
            domains.update(earlier["domains"] or ())
    return [
        _sponsor(sponsor_id, max(names, key=_spelling), domains)
        for sponsor_id, (names, domains) in sorted(found.items())
    ]


def _spelling(name: str) -> tuple[int, int, str]:
    """Return how well a name is spelled: a domain or slug alone has neither spaces nor capitals.

    `PointFive` before `Pointfive`, `Heilmann Software` before either way to write it in one. The
    same whatever order placements come in; a site's address is no part of a name.
    """
    capitals = sum(letter.isupper() for letter in name)
    return -name.count("."), name.count(" ") + (capitals if capitals < len(name) else 1), name


def _sponsor(sponsor_id: str, name: str, seen_domains: set[str]) -> Sponsor:
    """Return a sponsor's row: the company lexicon's word, then sponsors.toml's, then the links'."""
    lexicons = load_lexicons()
    company = lexicons.companies.companies.get(sponsor_id)
    alias = lexicons.sponsors.by_key.get(name_key(name))
    listed = (company.domains if company else ()) or (alias.domains if alias else ())
    aliases = (*company.aliases, *company.products) if company else ()
    return Sponsor(
        sponsor_id=sponsor_id,
        sponsor_name=company.company_name if company else name,
        aliases=aliases or (alias.products if alias else ()),
        domains=tuple(listed or sorted(seen_domains)),
        category=company.category if company else None,
        is_in_lexicon=company is not None or alias is not None,
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
