"""The newsroom's web servers: one real HTTP server on loopback, at a simulated moment."""

import gzip
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from types import TracebackType
from typing import Self

import tomlkit

from orchestration.demo.dialects import DIALECTS, render_feed
from orchestration.demo.dialects.markup import attribute, inline
from orchestration.demo.newsroom import NEWSROOM_START, Newsroom
from orchestration.demo.newsroom.windows import Publication, changed_at

LOOPBACK = "127.0.0.1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """A request the origin answered."""

    path: str
    moment: datetime
    """Simulated time of the answer, UTC."""
    status: int
    byte_count: int
    """Bytes of the body as sent."""
    is_conditional: bool
    """True when the client sent a validator."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What is to be had under a path at a moment."""

    body: bytes
    content_type: str
    etag: str
    last_modified: datetime


class Origin:
    """A context manager that serves all publications; set `moment` to move in time.

    Feeds are at `/<feed_id>/feed`, home pages at `/<feed_id>/`. Its clock is the simulated one,
    also in the Date header, so that a client sees consistent times.
    """

    def __init__(self, newsroom: Newsroom, moment: datetime = NEWSROOM_START) -> None:
        """Prepare the server on a free port of the loopback interface."""
        self.moment = moment
        self.requests: list[Request] = []
        self._publications = {each.truth.feed_id: each for each in newsroom.publications}
        self._server = ThreadingHTTPServer((LOOPBACK, 0), _handler(self))
        self._server.daemon_threads = True
        self._thread = Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)

    def __enter__(self) -> Self:
        """Start answering."""
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Stop answering and free the port."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    @property
    def url(self) -> str:
        """Return the address of the server, without a slash at its end."""
        return f"http://{LOOPBACK}:{self._server.server_port}"

    def feed_url(self, feed_id: str) -> str:
        """Return the address of a publication's feed."""
        return f"{self.url}/{feed_id}/feed"

    def page(self, path: str, moment: datetime) -> Page | None:
        """Return what is under a path with its query at a moment, None where nothing is."""
        feed_id, _, rest = path.partition("?")[0].strip("/").partition("/")
        publication = self._publications.get(feed_id)
        if publication is None or rest not in {"", "feed"}:
            return None
        if rest == "feed":
            content_type = DIALECTS[publication.truth.platform].content_type
            return _page(publication, moment, render_feed(publication, moment), content_type)
        home = _home_page(publication, self.feed_url(feed_id)).encode()
        return _page(publication, moment, home, "text/html; charset=utf-8")

    def write_registry(self, path: Path) -> None:
        """Write a `feeds.toml` that follows all publications, without profiles."""
        tables = tomlkit.aot()
        for feed_id, publication in self._publications.items():
            table = tomlkit.table()
            table.add("id", feed_id)
            table.add("url", self.feed_url(feed_id))
            table.add("timezone", publication.truth.timezone)
            table.add("tags", list(publication.truth.tags))
            table.add("allow_private", True)  # noqa: FBT003 - a value, not a switch
            tables.append(table)
        document = tomlkit.document()
        document.add(tomlkit.comment("The demo's invented publications, on this machine only."))
        document.add("feed", tables)
        path.write_text(tomlkit.dumps(document), encoding="utf-8")


def _page(publication: Publication, moment: datetime, body: bytes, content_type: str) -> Page:
    return Page(
        body=body,
        content_type=content_type,
        etag=f'W/"{hashlib.sha256(body).hexdigest()[:20]}"',
        last_modified=changed_at(publication, moment),
    )


def _home_page(publication: Publication, feed_url: str) -> str:
    truth = publication.truth
    link_type = DIALECTS[truth.platform].link_type
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        f"<title>{inline(truth.title)}</title>"
        f'<link rel="alternate" type="{link_type}" title="{attribute(truth.title)}"'
        f' href="{feed_url}"></head><body><h1>{inline(truth.title)}</h1>'
        f"<p>{inline(truth.tagline)}</p></body></html>"
    )


def _is_unchanged(headers: Mapping[str, str], page: Page) -> bool:
    """Return whether the client's copy is current; ETag decides alone where sent (RFC 9110)."""
    if tags := headers.get("If-None-Match"):
        known = {tag.strip().removeprefix("W/") for tag in tags.split(",")}
        return page.etag.removeprefix("W/") in known
    since = headers.get("If-Modified-Since")
    try:
        return since is not None and parsedate_to_datetime(since) >= page.last_modified
    except ValueError:
        return False


def _handler(origin: Origin) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            moment = origin.moment
            page = origin.page(self.path, moment)
            headers = dict(self.headers.items())
            if page is None:
                self._answer(moment, HTTPStatus.NOT_FOUND, b"Not here.\n", {})
                return
            sent = {
                "ETag": page.etag,
                "Last-Modified": format_datetime(page.last_modified, usegmt=True),
                "Cache-Control": "public, max-age=300",
                "Vary": "Accept-Encoding",
            }
            if _is_unchanged({name.title(): value for name, value in headers.items()}, page):
                self._answer(moment, HTTPStatus.NOT_MODIFIED, b"", sent)
                return
            body = page.body
            sent["Content-Type"] = page.content_type
            if "gzip" in self.headers.get("Accept-Encoding", ""):
                body = gzip.compress(body, compresslevel=4, mtime=0)
                sent["Content-Encoding"] = "gzip"
            self._answer(moment, HTTPStatus.OK, body, sent)

        def _answer(
            self, moment: datetime, status: HTTPStatus, body: bytes, sent: Mapping[str, str]
        ) -> None:
            origin.requests.append(
                Request(
                    path=self.path,
                    moment=moment,
                    status=status,
                    byte_count=len(body),
                    is_conditional=bool(
                        self.headers.get("If-None-Match") or self.headers.get("If-Modified-Since")
                    ),
                )
            )
            self.send_response(status)
            for name, value in sent.items():
                self.send_header(name, value)
            if status is not HTTPStatus.NOT_MODIFIED:
                self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def date_time_string(self, timestamp: float | None = None) -> str:
            moment = origin.moment if timestamp is None else datetime.fromtimestamp(timestamp, UTC)
            return format_datetime(moment, usegmt=True)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            """Say nothing on the terminal; `requests` keeps the record."""

    return Handler
