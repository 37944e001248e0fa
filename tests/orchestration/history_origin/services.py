"""Services that keep a publication's past, each as the real one behaves; on loopback.

`Site` is a publication of the demo newsroom: what it wrote is known, sponsors included.
"""

import gzip
import hashlib
import json
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, quote_plus, urlsplit
from xml.sax.saxutils import escape

from orchestration.demo.dialects import DIALECTS, render_feed, substack
from orchestration.demo.dialects.markup import rss_date
from orchestration.demo.newsroom import NEWSROOM_END, build_newsroom
from orchestration.demo.newsroom.desk import Post
from orchestration.demo.newsroom.windows import Listing, Publication
from orchestration.registry import url_key
from tests.orchestration.origin.behaviours import CLOUDFLARE_PAGE
from tests.orchestration.origin.server import Behaviour, Exchange, Origin

_CUT = re.compile(r"\s*<p>\s*<a href=\"[^\"]*\">\s*Read more\s*</a>\s*</p>\s*$")
PAGE = b"<!doctype html><html><head><title>Hello</title></head><body>Hello</body></html>"


@dataclass(frozen=True)
class Site:
    """A publication with all its posts, newest first."""

    publication: Publication

    @property
    def posts(self) -> list[Post]:
        return list(reversed(self.publication.posts))

    @property
    def truth(self):
        return self.publication.truth

    @property
    def placements(self) -> set[tuple[str, str, str]]:
        return {
            (post.truth.url, placement.sponsor_name, placement.position)
            for post in self.publication.posts
            for placement in post.truth.placements
        }


def site(platform: str = "substack") -> Site:
    publications = build_newsroom().publications
    return Site(next(each for each in publications if each.truth.platform == platform))


def slug_of(post: Post) -> str:
    return post.truth.url.rstrip("/").rsplit("/", 1)[-1]


def query(exchange: Exchange) -> dict[str, str]:
    return {
        name: values[-1] for name, values in parse_qs(urlsplit(exchange.asked.path).query).items()
    }


def window(site: Site, moment: datetime = NEWSROOM_END) -> bytes:
    return render_feed(site.publication, moment)


def serve_feed(origin: Origin, site: Site, moment: datetime = NEWSROOM_END) -> None:
    body = window(site, moment)
    origin.behaviours["/feed"] = lambda exchange: exchange.answer(200, body)


def serve_substack(origin: Origin, site: Site) -> None:
    """The archive and post API: pages of at most 50, cut bodies, a chain of slugs."""
    posts = site.posts
    origin.behaviours["/api/v1/archive"] = _archive(posts)
    for number, post in enumerate(posts):
        newer = slug_of(posts[number - 1]) if number else None
        older = slug_of(posts[number + 1]) if number + 1 < len(posts) else None
        body = json.dumps(_api_post(post, older, newer)).encode()
        origin.behaviours[f"/api/v1/posts/{slug_of(post)}"] = answering(body)


def _archive(posts: list[Post]) -> Behaviour:
    def behave(exchange: Exchange) -> None:
        asked = query(exchange)
        offset, limit = int(asked["offset"]), int(asked["limit"])
        if limit > 50:
            exchange.answer(400, b'{"errors":[{"msg":"Invalid value"}]}')
            return
        exchange.answer(200, listed(posts, offset, limit), {"Content-Type": "application/json"})

    return behave


def listed(posts: list[Post], offset: int, limit: int) -> bytes:
    """Return a page of the archive."""
    shown = posts[offset : offset + limit]
    return json.dumps([_api_post(post, None, None, is_whole=False) for post in shown]).encode()


def _api_post(post: Post, older: str | None, newer: str | None, *, is_whole: bool = True) -> dict:
    truth, markup = post.truth, substack.body(post)
    listed = {
        "id": int(hashlib.sha256(truth.url.encode()).hexdigest()[:8], 16),
        "title": truth.title,
        "subtitle": post.subtitle,
        "slug": slug_of(post),
        "type": "newsletter",
        "audience": "only_paid" if truth.is_paywalled else "everyone",
        "post_date": f"{truth.published_at:%Y-%m-%dT%H:%M:%S}.000Z",
        "canonical_url": truth.url,
        "wordcount": 4000 if truth.is_paywalled else len(markup.split()),
        "publishedBylines": [{"id": 1, "name": post.author}],
        "reaction_count": 12,
    }
    if not is_whole:
        return {**listed, "truncated_body_text": post.subtitle}
    return {
        **listed,
        "body_html": _CUT.sub("", markup),
        "previous_post_slug": older,
        "next_post_slug": newer,
    }


def serve_sitemap(origin: Origin, site: Site) -> None:
    """An index of one sitemap a year, and a page that is no article in each."""
    years = sorted({post.truth.published_at.year for post in site.posts})
    parts = "".join(
        f"<sitemap><loc>{origin.url(f'/sitemap-{year}.xml')}</loc></sitemap>" for year in years
    )
    origin.behaviours["/sitemap.xml"] = answering(_xml("sitemapindex", parts))
    for year in years:
        urls = [post.truth for post in site.posts if post.truth.published_at.year == year]
        listed = "".join(
            f"<url><loc>{escape(each.url)}</loc><lastmod>{each.published_at:%Y-%m-%d}</lastmod></url>"
            for each in urls
        )
        about = f"<url><loc>{site.truth.home_url}/about</loc></url>"
        origin.behaviours[f"/sitemap-{year}.xml"] = answering(_xml("urlset", about + listed))


def _xml(root: str, inside: str) -> bytes:
    space = "http://www.sitemaps.org/schemas/sitemap/0.9"
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><{root} xmlns="{space}">{inside}</{root}>'.encode()
    )


def serve_paged(origin: Origin, site: Site, *, relation: str, size: int = 20) -> None:
    """The feed and its older parts, each naming the next (RFC 5005)."""
    posts = site.posts
    starts = list(range(0, len(posts), size))
    for number, start in enumerate(starts):
        path = "/feed" if number == 0 else f"/archive/{number}"
        older = origin.url(f"/archive/{number + 1}") if number + 1 < len(starts) else None
        link = f'<atom:link rel="{relation}" href="{older}"/>' if older else ""
        body = _feed_of(site, posts[start : start + size]).replace(
            b"</language>", b"</language>" + link.encode(), 1
        )
        origin.behaviours[path] = answering(body)


def serve_wordpress(origin: Origin, site: Site, size: int = 10) -> None:
    """Pages by number; beyond the last a 404, which is a page of HTML."""
    posts = site.posts

    def behave(exchange: Exchange) -> None:
        number = int(query(exchange).get("paged", "1"))
        shown = posts[(number - 1) * size : number * size]
        if shown:
            exchange.answer(200, _feed_of(site, shown))
        else:
            exchange.answer(404, PAGE)

    origin.behaviours["/feed"] = behave


def _feed_of(site: Site, posts: list[Post]) -> bytes:
    truth, dialect = site.truth, DIALECTS[site.truth.platform]
    items = "".join(dialect.item(Listing(post), truth) for post in posts)
    return dialect.channel(truth, rss_date(posts[0].truth.published_at), items).encode()


def captures_of(site: Site, every: timedelta = timedelta(days=4)) -> list[tuple[str, bytes]]:
    """Return timestamps and bytes of a robot that came by again and again."""
    first = site.publication.posts[0].truth.published_at + timedelta(days=1)
    count = (NEWSROOM_END - first) // every
    moments = [first + every * number for number in range(count)] + [NEWSROOM_END]
    return [(f"{moment:%Y%m%d%H%M%S}", window(site, moment)) for moment in moments]


def serve_web_archive(
    origin: Origin,
    site: Site,
    captures: list[tuple[str, bytes]],
    page_rows: int = 50,
    *,
    is_strict: bool = False,
) -> None:
    """The index, so many rows a page with a resume key, and the captures' own bytes."""
    feed_url = f"{site.truth.home_url}/feed"
    rows = [
        [stamp, feed_url, "application/xml", "200", hashlib.sha1(body).hexdigest()]
        for stamp, body in captures
    ]

    key_begin = "com,loadbearingdiagrams,blog)/feed "

    def index(exchange: Exchange) -> None:
        if url_key(query(exchange)["url"]) != url_key(feed_url) and is_strict:
            exchange.answer(200, b"[]")
            return
        # The key is given as it is to stand in an address: encoded once, not twice.
        start = int(query(exchange).get("resumeKey", f"{key_begin}0").removeprefix(key_begin))
        shown: list[list[str]] = [["timestamp", "original", "mimetype", "statuscode", "digest"]]
        shown += rows[start : start + page_rows]
        if start + page_rows < len(rows):
            shown += [[], [quote_plus(f"{key_begin}{start + page_rows}")]]
        exchange.answer(200, json.dumps(shown).encode())

    origin.behaviours["/cdx/search/cdx"] = index
    for stamp, body in captures:
        origin.behaviours[f"/web/{stamp}id_/{feed_url}"] = answering(body)


def serve_pages(origin: Origin, site: Site) -> list[str]:
    """The posts' own pages, with a template around them; return their addresses."""
    urls = []
    for post in site.posts:
        path = f"/p/{slug_of(post)}"
        origin.behaviours[path] = answering(page_of(post))
        urls.append(origin.url(path))
    return urls


def page_of(post: Post) -> bytes:
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


def warc_of(site: Site, captures: list[tuple[str, bytes]]) -> bytes:
    """Return a WARC file of captures, with a response of another site in between."""
    url = f"{site.truth.home_url}/feed"
    return b"".join(
        warc_record(address, stamp, body)
        for stamp, body in captures
        for address in (url, "https://elsewhere.example/feed")
    )


def warc_record(url: str, stamp: str, body: bytes, content_type: str = "application/xml") -> bytes:
    """Return a response as WARC files have it, packed on its own."""
    moment = datetime.strptime(stamp, "%Y%m%d%H%M%S").replace(tzinfo=UTC)
    answer = f"HTTP/1.1 200 OK\r\nContent-Type: {content_type}\r\n\r\n".encode() + body
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\n"
        f"WARC-Date: {moment:%Y-%m-%dT%H:%M:%SZ}\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(answer)}\r\n\r\n"
    )
    return gzip.compress(head.encode() + answer + b"\r\n\r\n", 4, mtime=0)


def answering(body: bytes, status: int = 200) -> Behaviour:
    return lambda exchange: exchange.answer(status, body)


def failing_at(origin: Origin, path: str, numbers: set[int], trouble: Behaviour) -> None:
    """Make a path do something else at its n-th requests (from 0), query left out."""
    usual, count = origin.behaviours[path], [0]

    def behave(exchange: Exchange) -> None:
        count[0] += 1
        (trouble if count[0] - 1 in numbers else usual)(exchange)

    origin.behaviours[path] = behave


def rate_limited(seconds: int | None = 1) -> Behaviour:
    headers = {} if seconds is None else {"Retry-After": str(seconds)}
    return lambda exchange: exchange.answer(429, b"slow down", headers)


def wall(exchange: Exchange) -> None:
    exchange.answer(403, CLOUDFLARE_PAGE, {"cf-mitigated": "challenge"})
