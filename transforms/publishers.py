"""The company whose blog a feed is, read from the feed's title and home."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from transforms.lexicons import Lexicons
from transforms.slugs import company_slug

# Words that follow a company's name in the title of its blog ("Pinterest Engineering Blog").
_BLOG_WORDS = frozenset(
    "engineering eng tech technology techblog technical developer developers dev data science "
    "product design i/o labs research ai ml security architecture infrastructure blog blogs "
    "weblog stories medium newsletter weekly digest daily on and & the official - – — |".split()
)
_LEADING = re.compile(
    r"^(?:stories by|the|official|engineering at|inside|tech at|engineering@)\s+", re.IGNORECASE
)
_SAYS_ENGINEERING = re.compile(r"engineering|tech|developers?\b|i/o", re.IGNORECASE)
_NOT_A_COMPANY = re.compile(
    r"newsletter|weekly|digest|podcast|daily|news\b|magazine|journal", re.IGNORECASE
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """Where an article appeared; `company_id` is set when the feed is a company's own blog."""

    feed_title: str | None = None
    home_domain: str | None = None
    company_id: str | None = None


def publisher_name(feed_title: str) -> str:
    """Return a feed's title without the words that say it is a blog, "" if it has no others."""
    return list(_shorter_names(feed_title))[-1]


def find_publisher(
    feed_title: str | None, home_domain: str | None, lexicons: Lexicons
) -> str | None:
    """Return the id of the company whose blog a feed is, None for a newsletter or a person's blog.

    A company outside the lexicon gets the slug of its name, if the title itself says that it is an
    engineering or technology blog ("Parcelo Engineering"); "Anna's Blog" says no such thing.
    """
    if feed_title and _NOT_A_COMPANY.search(feed_title):
        return None
    companies = lexicons.companies
    for name in _shorter_names(feed_title or ""):
        if known := companies.by_name.get(name.lower()):
            return None if companies.companies[known].category == "media" else known
    name = publisher_name(feed_title or "")
    if feed_title and name != feed_title.strip() and _SAYS_ENGINEERING.search(feed_title):
        is_person = name.endswith(("'s", "’s")) or name.lower() in companies.not_names
        return None if is_person else company_slug(name) or None
    return _by_domain(home_domain, lexicons) if home_domain else None


def _shorter_names(feed_title: str) -> Iterator[str]:
    """Yield a title and what remains of it as blog words are taken from its end, one by one."""
    words = _LEADING.sub("", feed_title.strip()).split()
    yield " ".join(words)
    while words and words[-1].lower().strip(",.:") in _BLOG_WORDS:
        words.pop()
        yield " ".join(words).rstrip(" :,–—|-")


def _by_domain(home_domain: str, lexicons: Lexicons) -> str | None:
    """Return the company that owns a domain or its parent; others publish on a host's."""
    labels = home_domain.lower().split(".")
    for start in range(len(labels) - 1):
        known = lexicons.companies.by_domain.get(".".join(labels[start:]))
        if known:
            entry = lexicons.companies.companies[known]
            return None if entry.is_host or entry.category == "media" else known
    return None
