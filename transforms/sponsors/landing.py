"""Where links lead: whose domain it is, and which domains tell nothing of who pays."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import unquote, urlsplit

from transforms.lexicons.sponsor_lexicon import name_key
from transforms.sponsors.sources import NameSources
from transforms.urls import domain_of, host_of

# Shorter titles are words that any company may have in its domain.
MIN_TITLE_LETTERS = 6
_IMAGE_ENDINGS = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg", ".avif")
_INNER = re.compile(r"https?(?::|%3A|%253A)(?:/{1,2}|%2F%2F|%252F%252F)", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Landing:
    """The company's domain among a placement's links, and the domain its title leads to."""

    company: str | None = None
    domain: str | None = None
    url: str | None = None


def find_landing(
    urls: Sequence[str], sources: NameSources, title_url: str | None = None
) -> Landing:
    """Return where a placement's links lead.

    The link of its title comes first, then the domain linked most often. A title may lead to a
    platform (a job board, a ticket shop) while the copy links the company itself; short links
    give way to any company.
    """
    found = list(_foreign(urls, sources))
    if not found:
        return Landing()
    title = next(_foreign([title_url], sources), None) if title_url else None
    companies = [each for each in found if not is_shared(each[1], each[2], sources)]
    counts = Counter(domain for _, _, domain in companies)
    ranked = sorted(companies, key=lambda each: -counts[each[2]])
    company = title if title and title in companies else next(iter(ranked), None)
    leads = title or company or found[0]
    if company and _is_pathless(leads[2], sources):
        leads = company
    return Landing(company=company[2] if company else None, domain=leads[2], url=leads[0])


def is_own(host: str | None, sources: NameSources) -> bool:
    """Tell whether a host is the publisher's own, its redirectors included.

    A domain that spells the publication's title is its own, wherever the feed is kept.
    """
    domain = domain_of(host)
    is_known = host in sources.profile.redirector_hosts or domain in sources.own_domains
    return is_known or _spells_title(domain, sources)


def _spells_title(domain: str | None, sources: NameSources) -> bool:
    if not domain:
        return False
    keys = {name_key(domain), name_key(domain.split(".", 1)[0])}
    titles = {key.removeprefix("the") for key in sources.own_keys}
    return any(len(key) >= MIN_TITLE_LETTERS and key.removeprefix("the") in titles for key in keys)


def is_companys(url: str, sources: NameSources) -> bool:
    """Tell whether a link may lead to a company: not to the publisher, nor to a platform's page."""
    foreign = next(_foreign([url], sources), None)
    return foreign is not None and foreign[2] not in sources.sponsors.hosts.platforms


def is_shared(host: str, domain: str, sources: NameSources) -> bool:
    """Tell whether many parties' pages or links stand under a host."""
    hosts = sources.sponsors.hosts
    for each in (host, domain):
        if each in hosts.shorteners or each in hosts.redirectors or each in hosts.platforms:
            return True
    return False


def _is_pathless(domain: str, sources: NameSources) -> bool:
    """Tell short links and redirectors, which lead on, from platforms, where pages stand."""
    hosts = sources.sponsors.hosts
    return domain in hosts.shorteners or domain in hosts.redirectors


@lru_cache(maxsize=16_384)
def innermost(url: str) -> str:
    """Return the address that a redirector's address carries in its path or query, else itself."""
    found = [match for match in _INNER.finditer(url) if match.start() > 8]
    if not found:
        return url
    inner = url[found[-1].start() :]
    if "%3a" in inner[:9].lower() or "%253a" in inner[:11].lower():
        inner = unquote(unquote(inner.split("&", 1)[0]))
    else:
        inner = unquote(inner)
    return re.sub(r"^(https?):/+", r"\1://", inner, flags=re.IGNORECASE)


def _foreign(urls: Sequence[str], sources: NameSources) -> Iterator[tuple[str, str, str]]:
    for url in urls:
        inner = innermost(url)
        host = host_of(inner) or host_of(url)
        domain = domain_of(host)
        if host and domain and not is_own(host, sources) and not _is_picture(inner):
            yield inner, host.removeprefix("www."), domain


def _is_picture(url: str) -> bool:
    try:
        return urlsplit(url).path.lower().endswith(_IMAGE_ENDINGS) or "substackcdn" in url
    except ValueError:
        return False
