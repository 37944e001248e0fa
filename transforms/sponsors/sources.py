"""What naming may look at: lexicons, the publisher's profile, and what is the publisher's own."""

from dataclasses import dataclass

from transforms.lexicons.company_names import CompanyNames
from transforms.lexicons.sponsor_lexicon import Profile, SponsorLexicon, name_key


@dataclass(frozen=True, slots=True, kw_only=True)
class NameSources:
    """All that can tell a sponsor's name, and who the publisher is."""

    sponsors: SponsorLexicon
    companies: CompanyNames
    profile: Profile
    own_domains: frozenset[str]
    own_hosts: frozenset[str] = frozenset()
    own_name: str | None = None
    """Title of the publication: it is never its own sponsor."""
    concepts: frozenset[str] = frozenset()
    """Keys of languages, techniques and topics, which pay for nothing."""

    @property
    def own_keys(self) -> frozenset[str]:
        """Names of the publication and its publisher as keys."""
        names = (self.own_name, self.profile.publisher)
        return self.profile.own_names | frozenset(name_key(name) for name in names if name)


def canonical_sponsor(spelling: str, sources: NameSources) -> str | None:
    """Return the canonical name behind a spelling in slugs, labels or events, or None."""
    known = sources.sponsors.by_key.get(name_key(spelling))
    return known.name if known else sources.companies.canonical_name(spelling)


def domain_of_name(name: str, sources: NameSources) -> str | None:
    """Return the first domain the lexicons know for a canonical name, or None."""
    known = sources.sponsors.by_key.get(name_key(name))
    if known and known.domains:
        return known.domains[0]
    entry = sources.companies.entry(name)
    return entry.domains[0] if entry and entry.domains else None
