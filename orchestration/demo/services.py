"""What services that keep a publication's past say of it, each in the real one's shape.

Bytes only; who serves them, and with which trouble, is another's matter: the demo's own server,
and the tests' with page limits, walls and refusals. Posts are newest first everywhere.
"""

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from urllib.parse import quote_plus
from xml.sax.saxutils import escape

from orchestration.demo.dialects import render_feed, substack
from orchestration.demo.newsroom.desk import Post
from orchestration.demo.newsroom.windows import Publication

MAX_ARCHIVE_POSTS = 50
"""Substack answers a larger page with HTTP 400."""
_CUT = re.compile(r"\s*<p>\s*<a href=\"[^\"]*\">\s*Read more\s*</a>\s*</p>\s*$")
_INDEX_FIELDS = ["timestamp", "original", "mimetype", "statuscode", "digest"]
_SITEMAP_SPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"

Captures = Sequence[tuple[str, bytes]]
"""Timestamps of 14 digits and the bytes captured then, oldest first."""


def slug_of(post: Post) -> str:
    """Return the last word of a post's address."""
    return post.truth.url.rstrip("/").rsplit("/", 1)[-1]


def archive_page(posts: Sequence[Post], offset: int, limit: int) -> bytes:
    """Return a page of Substack's archive."""
    shown = posts[offset : offset + limit]
    return json.dumps([_listed(post) for post in shown]).encode()


def api_post(posts: Sequence[Post], number: int) -> bytes:
    """Return a post of Substack's API, its neighbours named; a paid one is cut."""
    newer = slug_of(posts[number - 1]) if number else None
    older = slug_of(posts[number + 1]) if number + 1 < len(posts) else None
    post = posts[number]
    told = {
        **_listed(post),
        "body_html": _CUT.sub("", substack.body(post)),
        "previous_post_slug": older,
        "next_post_slug": newer,
    }
    del told["truncated_body_text"]
    return json.dumps(told).encode()


def _listed(post: Post) -> dict[str, object]:
    truth = post.truth
    return {
        "id": int(hashlib.sha256(truth.url.encode()).hexdigest()[:8], 16),
        "title": truth.title,
        "subtitle": post.subtitle,
        "slug": slug_of(post),
        "type": "newsletter",
        "audience": "only_paid" if truth.is_paywalled else "everyone",
        "post_date": f"{truth.published_at:%Y-%m-%dT%H:%M:%S}.000Z",
        "canonical_url": truth.url,
        "wordcount": 4000 if truth.is_paywalled else len(substack.body(post).split()),
        "publishedBylines": [{"id": 1, "name": post.author}],
        "reaction_count": 12,
        "truncated_body_text": post.subtitle,
    }


def sitemaps(posts: Sequence[Post], home_url: str, base_url: str) -> Mapping[str, bytes]:
    """Return by path an index of one sitemap a year, each with a page that is no article."""
    years = sorted({post.truth.published_at.year for post in posts})
    parts = "".join(
        f"<sitemap><loc>{base_url}/sitemap-{year}.xml</loc></sitemap>" for year in years
    )
    pages = {"/sitemap.xml": _xml("sitemapindex", parts)}
    for year in years:
        listed = "".join(
            f"<url><loc>{escape(each.url)}</loc>"
            f"<lastmod>{each.published_at:%Y-%m-%d}</lastmod></url>"
            for each in (post.truth for post in posts)
            if each.published_at.year == year
        )
        about = f"<url><loc>{home_url}/about</loc></url>"
        pages[f"/sitemap-{year}.xml"] = _xml("urlset", about + listed)
    return pages


def _xml(root: str, inside: str) -> bytes:
    head = '<?xml version="1.0" encoding="UTF-8"?>'
    return f'{head}<{root} xmlns="{_SITEMAP_SPACE}">{inside}</{root}>'.encode()


def captures_of(publication: Publication, until: datetime, every: timedelta) -> Captures:
    """Return what a robot that came by again and again saw of the feed."""
    first = publication.posts[0].truth.published_at + timedelta(days=1)
    count = (until - first) // every
    moments = [first + every * number for number in range(count)] + [until]
    return [(f"{moment:%Y%m%d%H%M%S}", render_feed(publication, moment)) for moment in moments]


def capture_index(feed_url: str, captures: Captures, resume_key: str, page_rows: int) -> bytes:
    """Return a page of a CDX index; the key of the next one is encoded for an address."""
    begin = "key of row "
    start = int(resume_key.removeprefix(begin) or 0)
    shown: list[list[str]] = [_INDEX_FIELDS]
    shown += [
        [stamp, feed_url, "application/xml", "200", hashlib.sha1(body).hexdigest()]  # noqa: S324
        for stamp, body in captures[start : start + page_rows]
    ]
    if start + page_rows < len(captures):
        shown += [[], [quote_plus(f"{begin}{start + page_rows}")]]
    return json.dumps(shown).encode()


def page_of(post: Post) -> bytes:
    """Return a post's own page, with a template around it."""
    told = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "url": post.truth.url,
        "headline": post.truth.title,
        "datePublished": post.truth.published_at.isoformat(),
        "author": [{"@type": "Person", "name": post.author}],
        "description": post.subtitle,
    }
    return (
        f'<!doctype html><html lang="en"><head><title>{escape(post.truth.title)}</title>'
        f'<script type="application/ld+json">{json.dumps(told)}</script></head><body>'
        '<nav><a href="/archive">Archive</a></nav><article>'
        f'<div class="available-content"><div class="body markup">{substack.body(post)}</div></div>'
        "</article><footer>Ready for more? Subscribe today.</footer></body></html>"
    ).encode()
