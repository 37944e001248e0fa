"""The publisher's own offers, and labelled blocks that nobody has paid for."""

from collections.abc import Sequence

from transforms.lexicons.sponsor_lexicon import MarkerLexicon, name_key
from transforms.sponsors.landing import is_own
from transforms.sponsors.naming import NameEvidence, NameSources, Naming
from transforms.sponsors.slugs import read_slug
from transforms.urls import domain_of, host_of

# A call for sponsors is short; longer copy that says "become a sponsor" sells something else.
MAX_CALL_WORDS = 90


def is_house_link(url: str, markers: MarkerLexicon, sources: NameSources) -> bool:
    """Tell whether a link leads to the publisher's own offer.

    Own offers run over the same redirector as sponsors; what is no campaign slug there is
    the publisher's own. Without a profile, another host of the publisher's domain
    (go.example.com beside blog.example.com) with an offer's word in its path counts.
    """
    host = host_of(url)
    if host is None or read_slug(url):
        return False
    if host in sources.profile.redirector_hosts:
        return True
    pattern = sources.profile.house_slug
    path = url.split("://", 1)[-1].partition("/")[2]
    if pattern and domain_of(host) in sources.own_domains and pattern.search(path):
        return True
    is_sibling = domain_of(host) in sources.own_domains and host not in sources.own_hosts
    return is_sibling and bool(markers.house_slug.search(path))


def is_house_placement(
    urls: Sequence[str],
    evidence: NameEvidence,
    naming: Naming,
    markers: MarkerLexicon,
    sources: NameSources,
) -> bool | None:
    """Tell whether a labelled block is the publisher's own; None where it is no placement."""
    if _is_funding_page(urls, markers):
        return None
    has_slug = any(read_slug(url) for url in urls)
    if urls and not has_slug and any(is_house_link(url, markers, sources) for url in urls):
        return True
    if name_key(evidence.marked or "") in sources.own_keys and evidence.marked:
        return True
    if naming.name is None and _is_own_offer(urls, evidence, markers, sources):
        return True
    if naming.name is None or naming.rule in ("subject", "domain-new", "domain-spelled"):
        # A domain that neither lexicon nor copy knows may be the publisher's real one.
        is_nobodys = not evidence.landing.company or naming.rule == "domain-new"
        return is_nobodys and _calls_for_sponsors(evidence, markers)
    return False


def _is_own_offer(
    urls: Sequence[str], evidence: NameEvidence, markers: MarkerLexicon, sources: NameSources
) -> bool:
    """Tell "our book is out", which leads nowhere but to pages of the publication itself.

    Not to its other hosts: those may redirect to whoever pays.
    """
    is_at_home = bool(urls) and all(host_of(url) in sources.own_hosts for url in urls)
    return is_at_home and bool(markers.own_offer.search(evidence.text))


def _is_funding_page(urls: Sequence[str], markers: MarkerLexicon) -> bool:
    """Tell blocks that ask for donations: all their links lead to a funding page."""
    domains = [domain_of(host_of(url)) for url in urls]
    return bool(domains) and all(
        domain in markers.house_domains or _is_github_sponsors(url)
        for url, domain in zip(urls, domains, strict=True)
    )


def _is_github_sponsors(url: str) -> bool:
    return "github.com/sponsors/" in url


def _calls_for_sponsors(evidence: NameEvidence, markers: MarkerLexicon) -> bool:
    text = evidence.text
    if len(text.split()) > MAX_CALL_WORDS:
        return False
    return any(pattern.search(text) for pattern in markers.house_calls)


__all__ = ["is_house_link", "is_house_placement", "is_own"]
