"""Documents written by hand, and their reading under the generic rules."""

import hashlib
from datetime import UTC, datetime
from html import escape

import pytest

from transforms.document import SourceDocument
from transforms.extract import Extraction, FeedFacts, extract_document
from transforms.known import KnownArticles
from transforms.lexicons import load_lexicons, load_profile

SEEN_AT = datetime(2026, 5, 30, 18, tzinfo=UTC)


def rss(*items: str, generator: str = "Substack") -> bytes:
    """Return an RSS document of a newsletter at news.example."""
    return (
        '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"'
        ' xmlns:content="http://purl.org/rss/1.0/modules/content/"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Load Letter</title>'
        f"<link>https://letters.news.example</link><generator>{generator}</generator>"
        f"{''.join(items)}</channel></rss>"
    ).encode()


def item(
    body: str,
    *,
    title: str = "A post",
    slug: str = "a-post",
    date: str | None = None,
    categories: tuple[str, ...] = (),
    author: str | None = None,
) -> str:
    """Return an item of that document."""
    published = date or "Sat, 30 May 2026 15:30:00 GMT"
    more = "".join(f"<category>{escape(each)}</category>" for each in categories)
    more += f"<dc:creator>{escape(author)}</dc:creator>" if author else ""
    return (
        f"<item><title>{escape(title)}</title><link>https://letters.news.example/p/{slug}</link>"
        f"<guid>https://letters.news.example/p/{slug}</guid><pubDate>{published}</pubDate>{more}"
        f"<content:encoded><![CDATA[{body}]]></content:encoded></item>"
    )


def read(
    body: bytes,
    *,
    known: KnownArticles | None = None,
    seen_at: datetime = SEEN_AT,
    profile: str | None = None,
) -> Extraction:
    """Return what a document says under the rules of the package."""
    document = SourceDocument(
        document_id=hashlib.sha256(body).hexdigest(),
        feed_id="letter",
        fetched_at=seen_at,
        source_uri="https://letters.news.example/feed",
        body=body,
    )
    return extract_document(
        document,
        profile=load_profile(profile),
        lexicons=load_lexicons(),
        feed=FeedFacts(feed_id="letter", url="https://letters.news.example/feed"),
        known=known or KnownArticles(),
    )


@pytest.fixture
def read_post():
    """Read one post of HTML and return its rows."""

    def read_one(body: str, **item_facts):
        return read(rss(item(body, **item_facts))).articles[0]

    return read_one
