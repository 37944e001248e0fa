"""Who pays for a placement: the rules in their order of evidence, each with its confidence."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from transforms.lexicons.company_names import CompanyNames
from transforms.lexicons.sponsor_lexicon import Profile, SponsorLexicon, name_key
from transforms.sponsors.slugs import read_slug
from transforms.urls import domain_of, host_of

_SHORTENERS = frozenset(
    """bit.ly tinyurl.com t.co goo.gl ow.ly lnkd.in rebrand.ly hubs.la hubs.li hubs.ly
    fandf.co geni.us cutt.ly t.ly dub.sh short.io rb.gy is.gd shorturl.at fnf.dev youtu.be""".split()
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Naming:
    """The sponsor of a placement, by which rule, on what evidence, how sure."""

    name: str | None
    domain: str | None
    rule: str
    evidence: str
    confidence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class NameSources:
    """All that can tell a sponsor's name."""

    sponsors: SponsorLexicon
    companies: CompanyNames
    profile: Profile
    own_domains: frozenset[str]
    own_hosts: frozenset[str] = frozenset()


def name_sponsor(
    urls: Sequence[str], marked: str | None, copy: str, sources: NameSources
) -> Naming:
    """Return who pays: by link slug, landing domain, or the marker's own words; else unnamed."""
    domain = _landing_domain(urls, sources)
    return (
        _by_slug(urls, domain, copy, sources)
        or _by_domain(domain, sources)
        or _by_marker(marked, domain, sources)
        or _by_bare_domain(domain)
        or Naming(
            name=None, domain=domain, rule="unnamed", evidence="no rule names it", confidence=0.5
        )
    )


def is_campaign_link(url: str, sources: NameSources) -> bool:
    """Tell whether a link is a dated sponsor link: a campaign slug on a redirector or shortener."""
    host = host_of(url)
    domain = domain_of(host)
    is_redirector = (
        host in sources.profile.redirector_hosts
        or (domain in sources.own_domains and host not in sources.own_hosts)
        or domain in _SHORTENERS
    )
    return is_redirector and read_slug(url) is not None


def canonical_sponsor(spelling: str, sources: NameSources) -> str | None:
    """Return the canonical name behind a spelling in slugs, labels or events, or None."""
    known = sources.sponsors.by_key.get(name_key(spelling))
    return known.name if known else sources.companies.canonical_name(spelling)


def _by_slug(
    urls: Sequence[str], domain: str | None, copy: str, sources: NameSources
) -> Naming | None:
    for url in urls:
        slug = read_slug(url)
        if slug is None:
            continue
        name = canonical_sponsor(slug.brand, sources)
        if name:
            return Naming(
                name=name, domain=domain or _domain_of_name(name, sources),
                rule="slug", evidence=f"slug {slug.slug}", confidence=0.98,
            )  # fmt: skip
        return Naming(
            name=spelled_in(copy, slug.brand) or slug.brand, domain=domain, rule="slug-new",
            evidence=f"slug {slug.slug}, a brand the lexicon does not know", confidence=0.9,
        )  # fmt: skip
    return None


def spelled_in(copy: str, brand: str) -> str | None:
    """Return a brand as the copy writes it: the slug QAWolf is `QA Wolf` in its own words."""
    letters = r"[\s.-]?".join(re.escape(letter) for letter in name_key(brand))
    match = re.search(rf"(?<!\w){letters}(?!\w)", copy, re.IGNORECASE)
    return match[0] if match and match[0] != match[0].lower() else None


def _by_domain(domain: str | None, sources: NameSources) -> Naming | None:
    if domain is None:
        return None
    known = sources.sponsors.by_domain.get(domain)
    name = known.name if known else sources.companies.name_of_domain(domain)
    if name is None:
        return None
    return Naming(
        name=name, domain=domain, rule="domain", evidence=f"landing on {domain}", confidence=0.95
    )


def _by_marker(marked: str | None, domain: str | None, sources: NameSources) -> Naming | None:
    if not marked or len(marked.split()) > 5:
        return None
    name = canonical_sponsor(marked, sources) or marked.strip(" .:!")
    return Naming(
        name=name, domain=domain, rule="marker", evidence=f"label names {marked!r}", confidence=0.9
    )


def _by_bare_domain(domain: str | None) -> Naming | None:
    if domain is None:
        return None
    label = domain.split(".", 1)[0]
    return Naming(
        name=label.capitalize(), domain=domain, rule="domain-new",
        evidence=f"landing on {domain}, which no lexicon knows", confidence=0.7,
    )  # fmt: skip


def _landing_domain(urls: Sequence[str], sources: NameSources) -> str | None:
    """Return the first company domain landed on; redirectors and the publisher's own are none."""
    for url in urls:
        host = host_of(url)
        domain = domain_of(host)
        if host is None or domain is None or host in sources.profile.redirector_hosts:
            continue
        if domain not in _SHORTENERS and domain not in sources.own_domains:
            return domain
    return None


def _domain_of_name(name: str, sources: NameSources) -> str | None:
    known = sources.sponsors.by_key.get(name_key(name))
    return known.domains[0] if known and known.domains else None
