"""Links of an article with the role each plays."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from transforms.blocks import Anchor
from transforms.records import Link
from transforms.sections import SectionDraft
from transforms.sponsors.slugs import read_slug
from transforms.urls import canonical_url, domain_of, host_of

_SECTION_ROLES = {
    "sponsor": "sponsor",
    "house_promo": "house",
    "references": "reference",
    "furniture": "furniture",
}
_IMAGE_ENDINGS = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg", ".avif")
_IMAGE_HOSTS = (
    "substackcdn.com",
    "cdn-images-",
    "miro.medium.com",
    "blogger.googleusercontent.com",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkRules:
    """What decides a link's role beside the section it stands in."""

    own_domains: frozenset[str]
    own_hosts: frozenset[str]
    redirector_hosts: frozenset[str]
    social_domains: frozenset[str]
    is_house_link: Callable[[str], bool]


def read_links(
    article_id: str, month: str, sections: Sequence[SectionDraft], rules: LinkRules
) -> tuple[Link, ...]:
    """Return the links of an article in reading order, numbered from 1."""
    found = [
        (section, anchor)
        for section in sections
        for block in section.blocks
        for anchor in block.anchors
    ]
    return tuple(
        _link(article_id, month, number, section, anchor, rules)
        for number, (section, anchor) in enumerate(found, start=1)
    )


def _link(
    article_id: str,
    month: str,
    number: int,
    section: SectionDraft,
    anchor: Anchor,
    rules: LinkRules,
) -> Link:
    host = host_of(anchor.url)
    return Link(
        article_id=article_id,
        link_number=number,
        section_number=section.number,
        url=anchor.url,
        canonical_url=canonical_url(anchor.url),
        host=host,
        domain=domain_of(host),
        anchor_text=anchor.text,
        role=_role(section, anchor, host, rules),
        month=month,
    )


def _role(section: SectionDraft, anchor: Anchor, host: str | None, rules: LinkRules) -> str:
    if section.role == "sponsor" or _is_campaign(anchor.url, host, rules):
        return "sponsor"
    if rules.is_house_link(anchor.url):
        return "house"
    if anchor.is_image and _is_picture(anchor.url, host):
        return "image"
    return _SECTION_ROLES.get(section.role) or _role_of_host(host, rules)


def _role_of_host(host: str | None, rules: LinkRules) -> str:
    domain = domain_of(host)
    if domain in rules.social_domains:
        return "social"
    return "internal" if host in rules.own_hosts or domain in rules.own_domains else "body"


def _is_campaign(url: str, host: str | None, rules: LinkRules) -> bool:
    own = host in rules.redirector_hosts or domain_of(host) in rules.own_domains
    return own and read_slug(url) is not None


def _is_picture(url: str, host: str | None) -> bool:
    path = urlsplit(url).path.lower()
    return path.endswith(_IMAGE_ENDINGS) or any(mark in (host or "") for mark in _IMAGE_HOSTS)
