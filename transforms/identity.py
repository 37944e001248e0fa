"""Which entries are the same article: a ladder of keys, chosen per document, kept per feed."""

import hashlib
from collections.abc import Sequence
from typing import Literal

from transforms.blocks import text_of
from transforms.document import Entry
from transforms.urls import identity_url

IdentityRule = Literal["guid", "url", "url_date", "content"]
LADDER: tuple[IdentityRule, ...] = ("guid", "url", "url_date", "content")

# Feeds with a few broken ids are told apart by them all the same; beyond this share a feed's
# ids are not to be trusted (blank, or one for all items).
MAX_BAD_SHARE = 0.05


def choose_rule(entries: Sequence[Entry], remembered: str | None = None) -> IdentityRule:
    """Return the first rule of the ladder under which a document's entries differ.

    The rule a feed had before is kept while it still works, so that one odd window does not
    rename its articles.
    """
    ladder = LADDER
    if remembered in LADDER:
        ladder = LADDER[LADDER.index(remembered) :]
    for rule in ladder:
        if _bad_share([identity_key(entry, rule) for entry in entries]) <= MAX_BAD_SHARE:
            return rule
    return "content"


def identity_key(entry: Entry, rule: IdentityRule) -> str | None:
    """Return what identifies an entry under a rule, or None where it lacks it."""
    if rule == "guid":
        return guid_key(entry.guid)
    if rule == "url":
        return identity_url(entry.url) if entry.url else None
    if rule == "url_date":
        dated = entry.url and entry.published_raw
        return f"{identity_url(entry.url or '')} {entry.published_raw}" if dated else None
    body = entry.content_html or entry.summary_html or text_of(entry.blocks or ())
    return f"{entry.title or ''}\n{hashlib.sha256(_bytes(body)).hexdigest()}"


def guid_key(guid: str | None) -> str | None:
    """Return a guid as identity: opaque as it is, an address without scheme and tracking."""
    if not guid or not guid.strip():
        return None
    return identity_url(guid) if guid.lower().startswith(("http://", "https://")) else guid.strip()


def any_key(entry: Entry, rule: IdentityRule) -> tuple[IdentityRule, str]:
    """Return the key of an entry under its feed's rule, or further down the ladder without one."""
    for step in LADDER[LADDER.index(rule) :]:
        key = identity_key(entry, step)
        if key:
            return step, key
    return "content", ""


def article_id(feed_id: str, rule: IdentityRule, key: str) -> str:
    """Return the 16 hex digits that name an article from now on."""
    return hashlib.sha256(_bytes(f"{feed_id}\x00{rule}\x00{key}")).hexdigest()[:16]


def _bad_share(keys: Sequence[str | None]) -> float:
    if not keys:
        return 0.0
    return 1 - len({key for key in keys if key}) / len(keys)


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")
