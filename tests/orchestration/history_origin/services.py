"""Services that keep a publication's past, each as the real one behaves; on loopback.

`Site` is a publication of the demo newsroom: what it wrote is known, sponsors included.
"""

import gzip
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

from orchestration.demo.dialects import DIALECTS, render_feed
from orchestration.demo.dialects.markup import rss_date
from orchestration.demo.newsroom import NEWSROOM_END, build_archive, build_newsroom
from orchestration.demo.newsroom.desk import Post
from orchestration.demo.newsroom.windows import Listing, Publication
from orchestration.demo.services import (
    MAX_ARCHIVE_POSTS,
    Captures,
    api_post,
    archive_page,
    capture_index,
    page_of,
    sitemaps,
    slug_of,
)
from orchestration.demo.services import captures_of as kept_captures
from orchestration.registry import url_key
from tests.orchestration.origin.behaviours import CLOUDFLARE_PAGE
from tests.orchestration.origin.server import Behaviour, Exchange, Origin

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


def long_letter() -> Site:
    """A newsletter with three years of posts."""
    (publication,) = build_archive().publications
    return Site(publication)


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
        origin.behaviours[f"/api/v1/posts/{slug_of(post)}"] = answering(api_post(posts, number))


def _archive(posts: list[Post]) -> Behaviour:
    def behave(exchange: Exchange) -> None:
        asked = query(exchange)
        offset, limit = int(asked["offset"]), int(asked["limit"])
        if limit > MAX_ARCHIVE_POSTS:
            exchange.answer(400, b'{"errors":[{"msg":"Invalid value"}]}')
            return
        exchange.answer(
            200, archive_page(posts, offset, limit), {"Content-Type": "application/json"}
        )

    return behave


def serve_sitemap(origin: Origin, site: Site) -> None:
    """An index of one sitemap a year, and a page that is no article in each."""
    pages = sitemaps(site.posts, site.truth.home_url, origin.url(""))
    for path, body in pages.items():
        origin.behaviours[path] = answering(body)


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


def captures_of(site: Site, every: timedelta = timedelta(days=4)) -> Captures:
    """Return timestamps and bytes of a robot that came by again and again."""
    return kept_captures(site.publication, NEWSROOM_END, every)


def serve_web_archive(
    origin: Origin,
    site: Site,
    captures: Captures,
    page_rows: int = 50,
    *,
    is_strict: bool = False,
) -> None:
    """The index, so many rows a page with a resume key, and the captures' own bytes."""
    feed_url = f"{site.truth.home_url}/feed"

    def index(exchange: Exchange) -> None:
        asked = query(exchange)
        if is_strict and url_key(asked["url"]) != url_key(feed_url):
            exchange.answer(200, b"[]")
            return
        key = asked.get("resumeKey", "")
        exchange.answer(200, capture_index(feed_url, captures, key, page_rows))

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


def warc_of(site: Site, captures: Captures) -> bytes:
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
