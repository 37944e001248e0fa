"""Substack's archive and post API to listed posts and entries.

There is no contract: every field may be missing. A post of the API is the same article as the
feed's item; its body is what `content:encoded` holds, but for the link that closes a cut one.
"""

import hashlib
import html
import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from transforms.dates import read_date
from transforms.document import Entry, EntryTrouble, ParsedFeed
from transforms.feed.values import distinct, one_line, text_as_html
from transforms.listings import ListedPage, distinct_pages, read_json

# What a reader sees; counts of likes and comments change by the minute and are no edit.
_SEEN = ("title", "subtitle", "slug", "canonical_url", "post_date", "audience", "body_html")
_FREE = frozenset({"everyone", ""})


@dataclass(frozen=True, slots=True, kw_only=True)
class SubstackPost:
    """A post of the API: its place in the chain of posts, and whether its body is cut."""

    slug: str
    url: str
    title: str | None
    published_raw: str | None
    audience: str
    is_cut: bool
    previous_slug: str | None
    next_slug: str | None


def parse_archive_page(body: bytes, base_url: str) -> tuple[ListedPage, ...] | None:
    """Return the posts of a page of the archive, newest first; None for anything else.

    `base_url` is the publication's address, for posts that come without their own.
    """
    items = read_json(body)
    if isinstance(items, dict) and "slug" not in items:
        items = items.get("posts")
    if not isinstance(items, list):
        return None
    # What a publication shares of others is listed among its own posts.
    posts = (
        item for item in _dicts(items) if _text(item, "slug") and item.get("type") != "restack"
    )
    return distinct_pages(
        ListedPage(
            url=_url(item, base_url),
            title=one_line(_text(item, "title")),
            published_at=read_date(_text(item, "post_date")).at,
            slug=_text(item, "slug"),
        )
        for item in posts
    )


def read_post(body: bytes, base_url: str = "") -> SubstackPost | None:
    """Return what a post says of itself; None for anything else."""
    item = read_json(body)
    if not isinstance(item, dict) or not _text(item, "slug"):
        return None
    return SubstackPost(
        slug=_text(item, "slug") or "",
        url=_url(item, base_url),
        title=one_line(_text(item, "title")),
        published_raw=_text(item, "post_date"),
        audience=_text(item, "audience") or "",
        is_cut=_is_cut(item),
        previous_slug=_text(item, "previous_post_slug"),
        next_slug=_text(item, "next_post_slug"),
    )


def parse_post(body: bytes, source_url: str = "") -> ParsedFeed:
    """Return a post as a document of one entry; never raises for what it holds.

    A cut body gets the link to its own page that closes it in the feed: so the same rules see
    that it is cut, and both sources read alike.
    """
    post, item = read_post(body, source_url), read_json(body)
    if post is None:
        detail = "this is no post of the Substack API; fetch it again"
        trouble = EntryTrouble(number=0, reason="not_a_post", detail=detail)
        return ParsedFeed(format=None, troubles=(trouble,))
    entry = Entry(
        number=1,
        url=post.url,
        title=post.title,
        summary_html=text_as_html(_text(item, "subtitle") or _text(item, "description")),
        content_html=_body(item, post),
        authors=_authors(item),
        published_raw=post.published_raw,
        published_from="published" if post.published_raw else None,
        categories=distinct(_text(tag, "name") for tag in _dicts(item.get("postTags"))),
        entry_hash=_hash_of(item),
    )
    return ParsedFeed(
        format="html", home_url=_origin(post.url), platform="substack", entries=(entry,)
    )


def _body(item: dict[str, Any], post: SubstackPost) -> str | None:
    markup = _text(item, "body_html") or text_as_html(_text(item, "truncated_body_text"))
    if not post.is_cut:
        return markup
    return f'{markup or ""}<p><a href="{html.escape(post.url)}">Read more</a></p>'


def _is_cut(item: dict[str, Any]) -> bool:
    """Tell whether the body is less than the article: a paid post as a stranger gets it.

    Some paid posts come whole (unlocked ones, podcasts); the word count of the whole article
    stands beside the body and tells.
    """
    if (_text(item, "audience") or "") in _FREE:
        return False
    words, markup = item.get("wordcount"), _text(item, "body_html")
    if not markup or not isinstance(words, int) or words <= 0:
        return True
    shown = len(_without_tags(markup).split())
    return shown < words * 0.9


def _without_tags(markup: str) -> str:
    parts = (part.rpartition(">")[2] for part in markup.split("<"))
    return " ".join(parts)


def _authors(item: dict[str, Any]) -> tuple[str, ...]:
    return distinct(_text(person, "name") for person in _dicts(item.get("publishedBylines")))


def _dicts(value: Any) -> list[dict[str, Any]]:
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def _text(item: dict[str, Any], name: str) -> str | None:
    value = item.get(name)
    return value if isinstance(value, str) and value.strip() else None


def _url(item: dict[str, Any], base_url: str) -> str:
    return _text(item, "canonical_url") or f"{_origin(base_url)}/p/{_text(item, 'slug')}"


def _origin(url: str) -> str:
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return f"{parts.scheme}://{parts.netloc}" if parts.scheme and parts.netloc else ""


def _hash_of(item: dict[str, Any]) -> str:
    written = json.dumps({name: item.get(name) for name in _SEEN}, sort_keys=True)
    return hashlib.sha256(written.encode("ascii")).hexdigest()
