"""The company whose blog a feed is, read from the feed's title and home."""

import re
from dataclasses import dataclass

from transforms.lexicons import Lexicons
from transforms.slugs import slug_of

_FIELD = r"engineering|eng|tech(?:nology)?|developers?|dev|data science|data|product|design|i/o|labs|research|ai|security|ml"
_BLOG_WORDS = re.compile(
    rf"(?:\s*[-–—|:]\s*|\s+|^)(?:(?:the|official)\s+)?(?:(?:{_FIELD})\s*(?:(?:&|and)\s+(?:{_FIELD})\s*)?)?"
    r"(?:engineering|tech(?:nology)?(?:\s*(?:&|and)\s*(?:ai|data|product|design))?|blogs?|techblog|stories|developers?|i/o|labs|"
    r"medium)\s*(?:on medium)?\s*$",
    re.IGNORECASE,
)
_LEADING = re.compile(r"^(?:stories by|the official|official|the|engineering at|inside|tech at|engineering@)\s+", re.IGNORECASE)
_NOT_A_COMPANY = re.compile(r"newsletter|weekly|digest|podcast|daily|news\b|magazine|journal", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """Where an article appeared; `company_id` is set when the feed is a company's own blog."""

    feed_title: str | None = None
    home_domain: str | None = None
    company_id: str | None = None


def publisher_name(feed_title: str) -> str:
    """Return a feed's title without the words that say it is a blog: "Pinterest Engineering Blog" is Pinterest."""
    name = _LEADING.sub("", feed_title.strip())
    while (shorter := _BLOG_WORDS.sub("", name).strip(" -–—|:,.")) and shorter != name:
        name = shorter
    return name


def find_publisher(feed_title: str | None, home_domain: str | None, lexicons: Lexicons) -> str | None:
    """Return the company whose engineering blog a feed is, None for a newsletter or a person's blog.

    A company outside the lexicon gets the slug of its name, if the title itself says that it is an engineering or
    technology blog ("Parcelo Engineering"); "Anna's Blog" says no such thing.
    """
    companies = lexicons.companies
    if feed_title and not _NOT_A_COMPANY.search(feed_title):
        name = publisher_name(feed_title)
        if known := companies.by_name.get(name.lower()):
            return None if companies.companies[known].category == "media" else known
        if name != feed_title.strip() and re.search(r"engineering|tech", feed_title, re.IGNORECASE):
            return slug_of(name) or None
    if home_domain and not (feed_title and _NOT_A_COMPANY.search(feed_title)):
        return _by_domain(home_domain, lexicons)
    return None


def _by_domain(home_domain: str, lexicons: Lexicons) -> str | None:
    labels = home_domain.lower().split(".")
    for start in range(len(labels) - 1):
        known = lexicons.companies.by_domain.get(".".join(labels[start:]))
        if known:
            entry = lexicons.companies.companies[known]
            return None if entry.is_host or entry.category == "media" else known
    return None
