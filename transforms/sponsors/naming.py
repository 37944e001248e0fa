"""Who pays for a placement: the rules in their order of evidence, each with its confidence."""

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from transforms.lexicons.sponsor_lexicon import name_key
from transforms.sponsors.landing import Landing, find_landing, is_own
from transforms.sponsors.names import clean_name
from transforms.sponsors.slugs import read_slug
from transforms.sponsors.sources import NameSources, canonical_sponsor, domain_of_name
from transforms.sponsors.subject import find_subject
from transforms.urls import domain_of, host_of

__all__ = ["NameEvidence", "NameSources", "Naming", "is_campaign_link", "name_sponsor"]

# Words that company sites put around the name in their domain: getstream.io, usefathom.com.
_DOMAIN_DRESS = re.compile(
    r"^(?:get|try|use|join|go|with|hey|my|meet|shop|www\d?|the|app|hello)(?=\w{2})"
    r"|(?<=\w{3})(?:hq|app|io|inc|labs?|ai|dev|cloud|software|tech|systems|js)$"
)
# What opens a copy as a link and is longer is its headline.
MAX_OPENING_CHARS = 30
# Longer addresses are no redirect pages.
MAX_URL_CHARS = 2_000
_OWN_PATH = re.compile(
    r"/sponsors?(?:hips?)?/(?:[\w-]+/)*(?P<slug>[a-z][\w-]+?)(?:[_-]?\d+)?/?$",
    re.IGNORECASE,
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
class NameEvidence:
    """What a placement shows of who pays for it."""

    urls: Sequence[str]
    copy: str
    headline: str = ""
    marked: str | None = None
    """Name that the label itself gives."""
    alts: Sequence[str] = ()
    """Alternative texts of its pictures."""
    opening: str | None = None
    """Linked words that open the copy and go on as a sentence."""
    landing: Landing = field(default_factory=Landing)

    @property
    def text(self) -> str:
        """Headline and copy."""
        return f"{self.headline}\n{self.copy}"


Rule = Callable[[NameEvidence, NameSources], Naming | None]


def name_sponsor(evidence: NameEvidence, sources: NameSources) -> Naming:
    """Return who pays by the first rule that can tell; what nothing names stays unnamed."""
    for rule in _RULES:
        naming = rule(evidence, sources)
        if naming and name_key(naming.name or "") not in sources.own_keys:
            return naming
    return Naming(
        name=None, domain=evidence.landing.domain, rule="unnamed",
        evidence=f"landing on {evidence.landing.domain}, which names nobody"
        if evidence.landing.domain else "no rule names it",
        confidence=0.9,
    )  # fmt: skip


def evidence_of(
    urls: Sequence[str],
    sources: NameSources,
    *,
    copy: str,
    headline: str | None = None,
    marked: str | None = None,
    alts: Sequence[str] = (),
    title_url: str | None = None,
    opening: str | None = None,
) -> NameEvidence:
    """Return the evidence of a placement with its landing found."""
    return NameEvidence(
        urls=urls, copy=copy, headline=headline or "", marked=marked, alts=alts,
        opening=opening,
        landing=find_landing(urls, sources, title_url),
    )  # fmt: skip


def is_campaign_link(url: str, sources: NameSources) -> bool:
    """Tell whether a link is a dated sponsor link: a campaign slug on a redirector or shortener."""
    host = host_of(url)
    domain = domain_of(host)
    is_redirector = (
        host in sources.profile.redirector_hosts
        or (domain in sources.own_domains and host not in sources.own_hosts)
        or domain in sources.sponsors.hosts.shorteners
    )
    return is_redirector and read_slug(url) is not None


def spelled_in(copy: str, brand: str) -> str | None:
    """Return a brand as the copy writes it: the slug QAWolf is `QA Wolf` in its own words."""
    letters = r"[\s.-]?".join(re.escape(letter) for letter in name_key(brand))
    if not letters:
        return None
    # Domains have no accents: sabia.com.br is "Sabiá". Each letter gives one, so places stay.
    plain = "".join(unicodedata.normalize("NFKD", letter)[0] for letter in copy)
    found = re.finditer(rf"(?<![\w@.]){letters}(?!\w)", plain, re.IGNORECASE)
    spelled = (copy[match.start() : match.end()] for match in found)
    return next((each for each in spelled if each != each.lower()), None)


def _by_slug(evidence: NameEvidence, sources: NameSources) -> Naming | None:
    for url in evidence.urls:
        slug = read_slug(url)
        if slug is None or not _is_redirect(url, sources):
            continue
        name = canonical_sponsor(slug.brand, sources)
        if name:
            return _naming(
                name, evidence.landing.company or domain_of_name(name, sources),
                "slug", f"slug {slug.slug}", 0.98,
            )  # fmt: skip
        spelled = spelled_in(evidence.text, slug.brand) or slug.brand
        seen = f"slug {slug.slug}, a brand the lexicon does not know"
        return _naming(spelled, evidence.landing.company, "slug-new", seen, 0.9)
    return None


def _is_redirect(url: str, sources: NameSources) -> bool:
    """Tell the publisher's slugs, on its hosts or a shortener, from paths of other sites."""
    host = host_of(url)
    return is_own(host, sources) or domain_of(host) in sources.sponsors.hosts.shorteners


def _by_domain(evidence: NameEvidence, sources: NameSources) -> Naming | None:
    domain = evidence.landing.company
    if domain is None:
        return None
    known = sources.sponsors.by_domain.get(domain)
    name = known.name if known else sources.companies.name_of_domain(domain)
    if name is None:
        return None
    return _naming(name, evidence.landing.domain or domain, "domain", f"landing on {domain}", 0.95)


def _by_marker(evidence: NameEvidence, sources: NameSources) -> Naming | None:
    spelled = clean_name(evidence.marked or "")
    if spelled is None:
        return None
    spelled = _without_verb(spelled, evidence.landing.company)
    if spelled.isupper():  # "PRESENTED BY ACME" over copy that says Acme
        spelled = spelled_in(evidence.text.replace(spelled, ""), spelled) or spelled
    name = canonical_sponsor(spelled, sources) or spelled
    domain = evidence.landing.domain or domain_of_name(name, sources)
    return _naming(name, domain, "marker", f"label names {spelled!r}", 0.93)


def _without_verb(spelled: str, domain: str | None) -> str:
    """Return the name before the words that go on: "Acme ensures", where acme.com is linked."""
    words = spelled.split()
    for count in range(1, len(words)):
        goes_on = words[count][:1].islower()
        if goes_on and name_key(" ".join(words[:count])) in map(name_key, _brands_of(domain)):
            return " ".join(words[:count])
    return spelled


def _by_spelled_domain(evidence: NameEvidence, sources: NameSources) -> Naming | None:
    domain = evidence.landing.company
    for brand in _brands_of(domain):
        # tryswift.co is a conference on Swift; swift.org may still be its own.
        if brand in sources.concepts and domain and not domain.startswith(f"{brand}."):
            continue
        spelled = spelled_in(f"{evidence.text}\n{' '.join(evidence.alts)}", brand)
        if spelled:
            name = canonical_sponsor(spelled, sources) or spelled
            seen = f"landing on {domain}, which the copy writes {spelled!r}"
            return _naming(name, evidence.landing.domain or domain, "domain-spelled", seen, 0.9)
    return None


def _by_own_path(evidence: NameEvidence, sources: NameSources) -> Naming | None:
    """Name by a publisher's own redirect page, as in /feeds/sponsors/2026/05/acme_3."""
    for url in evidence.urls:
        is_readable = len(url) <= MAX_URL_CHARS and is_own(host_of(url), sources)
        match = _OWN_PATH.search(url) if is_readable else None
        spelled = spelled_in(evidence.text, match["slug"]) if match else None
        if spelled:
            name = canonical_sponsor(spelled, sources) or spelled
            return _naming(name, evidence.landing.company, "own-path", f"link {url}", 0.9)
    return None


def _by_picture(evidence: NameEvidence, sources: NameSources) -> Naming | None:
    """Name by a logo's alternative text: "Acme logo", or a name the lexicons know."""
    for alt in evidence.alts:
        logo = re.fullmatch(
            r"(?:the )?(.{2,40}?)(?:['’]s)?\s+(?:logo|banner|ad|sponsor)\b.*", alt, re.IGNORECASE
        )
        name = canonical_sponsor(alt, sources) or (clean_name(logo[1]) if logo else None)
        if name:
            name = canonical_sponsor(name, sources) or name
            return _naming(name, evidence.landing.domain, "picture", f"picture {alt!r}", 0.85)
    return None


def _by_opening(evidence: NameEvidence, sources: NameSources) -> Naming | None:
    """Name by the link that opens the copy: "[Acme] keeps your reads fast"."""
    name = clean_name(evidence.opening or "")
    if name is None or len(name) > MAX_OPENING_CHARS or not _is_titled(name):
        return None
    name = canonical_sponsor(name, sources) or name
    return _naming(
        name, evidence.landing.domain, "opening", f"copy opens with {name!r}, linked", 0.8
    )


def _is_titled(name: str) -> bool:
    """Tell a name from the first words of a sentence: each of its words has a capital."""
    words = name.split()
    return len(words) <= 3 and all(not word[0].isascii() or not word[0].islower() for word in words)


def _by_event(evidence: NameEvidence, sources: NameSources) -> Naming | None:
    for rule, phrases in (
        ("event", sources.sponsors.events),
        ("product", sources.sponsors.products),
    ):
        for pattern, sponsor in phrases:
            match = pattern.search(evidence.text)
            if match:
                domain = evidence.landing.domain or (
                    sponsor.domains[0] if sponsor.domains else None
                )
                seen = f"{rule} {match[0]!r} is {sponsor.name}'s"
                return _naming(sponsor.name, domain, rule, seen, 0.9)
    return None


def _by_subject(evidence: NameEvidence, sources: NameSources) -> Naming | None:
    if evidence.landing.company:
        return None
    subject = find_subject(evidence.headline, evidence.copy, sources)
    if subject is None:
        return None
    domain = evidence.landing.domain or domain_of_name(subject.name, sources)
    confidence = 0.85 if subject.is_known else 0.75
    return _naming(subject.name, domain, "subject", subject.evidence, confidence)


def _by_bare_domain(evidence: NameEvidence, _sources: NameSources) -> Naming | None:
    domain = evidence.landing.company
    if domain is None:
        return None
    name = domain.split(".", 1)[0].capitalize()
    seen = f"landing on {domain}, which no lexicon knows and no copy spells"
    return _naming(name, evidence.landing.domain or domain, "domain-new", seen, 0.7)


_RULES: tuple[Rule, ...] = (
    _by_slug,
    _by_domain,
    _by_marker,
    _by_spelled_domain,
    _by_own_path,
    _by_picture,
    _by_event,
    _by_opening,
    _by_subject,
    _by_bare_domain,
)


def _naming(name: str, domain: str | None, rule: str, seen: str, confidence: float) -> Naming:
    return Naming(name=name, domain=domain, rule=rule, evidence=seen, confidence=confidence)


def _brands_of(domain: str | None) -> Iterator[str]:
    """Yield the names a domain may stand for: getstream.io is `getstream`, then `stream`."""
    if not domain:
        return
    label = domain.split(".", 1)[0]
    yield domain
    yield label
    bare = label
    while (shorter := _DOMAIN_DRESS.sub("", bare, count=1)) != bare:
        bare = shorter
        if len(bare) > 1:
            yield bare
