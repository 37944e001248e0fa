"""Entries of a document to articles: the known ones they are the same as, or new ones.

A false merge is worse than a miss: two articles under one id lose one of them for good, while
an article doubled can still be joined. Every step therefore wants the match to be the only one.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from transforms.articles import published_of
from transforms.document import Entry
from transforms.identity import IdentityRule, any_key, article_id
from transforms.known import CAPTURE_FORMATS, KnownArticle, KnownArticles, title_key
from transforms.urls import identity_url

# In a window of fewer entries a few new posts are most of it.
LEAST_MIGRATED = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """The article of an entry, and whether it was known."""

    entry: Entry
    article_id: str


def match_entries(
    entries: Sequence[Entry],
    feed_id: str,
    rule: IdentityRule,
    document_format: str,
    known: KnownArticles,
) -> list[Match]:
    """Return the article of each entry, in the document's order; an id stands once.

    First by the entry's own id or guid, then by address, then by title and time: so a flipped
    scheme, a renewed guid, a moved slug and a site migration that renews all of them double
    nothing. An entry that stands twice in a document counts once, the first time.
    """
    url_counts = Counter(identity_url(entry.url) for entry in entries if entry.url)
    found = {e.number: _by_key(e, feed_id, rule, known, url_counts) for e in entries}
    claimed = {article for article in found.values() if article is not None}
    twins = Counter(_title_and_time(entry) for entry in entries)
    is_migrated = _is_migration(found, known)
    matches: dict[str, Match] = {}
    for entry in entries:
        article = found[entry.number]
        if article is None and twins[_title_and_time(entry)] == 1:
            article = _by_time(entry, known, claimed, document_format, is_migrated=is_migrated)
        if article is None:
            article = article_id(feed_id, *any_key(entry, rule))
        claimed.add(article)
        matches.setdefault(article, Match(entry=entry, article_id=article))
    return list(matches.values())


def _title_and_time(entry: Entry) -> tuple[str | None, str | None]:
    return entry.title, entry.published_raw


def _is_migration(found: Mapping[int, str | None], known: KnownArticles) -> bool:
    """Tell whether most entries are under ids nobody knows: a site that renewed them all."""
    unknown = sum(article is None for article in found.values())
    return len(known) > 0 and len(found) >= LEAST_MIGRATED and unknown > len(found) / 2


def _by_key(
    entry: Entry,
    feed_id: str,
    rule: IdentityRule,
    known: KnownArticles,
    url_counts: Counter[str],
) -> str | None:
    """Return the known article of an entry's id, guid or address, or None.

    An address counts when no other entry of the document has it and it is more than a host:
    some feeds give every item one link.
    """
    step, key = any_key(entry, rule)
    made = article_id(feed_id, step, key)
    if made in known.by_id:
        return made
    if step == "guid" and (by_guid := known.with_guid(key)):
        return by_guid
    url = identity_url(entry.url) if entry.url else ""
    if step != "url_date" and "/" in url and url_counts[url] == 1:
        return known.with_url(entry.url or "")
    return None


def _by_time(
    entry: Entry,
    known: KnownArticles,
    claimed: set[str],
    document_format: str,
    *,
    is_migrated: bool,
) -> str | None:
    """Return the one known article that nobody claimed with an entry's time and title, or None."""
    published = published_of(entry).at
    if published is None:
        return None
    candidates = [
        article.article_id
        for article in (known.by_id[found] for found in known.of_minute(published) - claimed)
        if _is_same(entry, published, document_format, article, is_migrated=is_migrated)
    ]
    return candidates[0] if len(candidates) == 1 else None


def _is_same(
    entry: Entry,
    published: datetime,
    document_format: str,
    article: KnownArticle,
    *,
    is_migrated: bool,
) -> bool:
    """Tell whether an entry is an article of its minute.

    A capture has minutes only and often no titles: there the minute decides, unless both sides
    have a title and these differ. A feed's entry needs title and second, and where guid and
    address both speak against it, a site that renewed most of its ids.
    """
    titles = [title_key(title) for title in (entry.title, article.title) if title]
    if document_format in CAPTURE_FORMATS or article.is_from_capture:
        return len(set(titles)) < 2
    if len(titles) < 2 or titles[0] != titles[1] or article.published_at != published:
        return False
    is_other = bool(entry.guid and article.guid and entry.url and article.url)
    return is_migrated or not is_other
