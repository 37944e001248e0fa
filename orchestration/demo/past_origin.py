"""The web servers of a publication with a past: its own, with lists and an API, and an archive."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from urllib.parse import parse_qs, urlsplit

from orchestration.demo import services
from orchestration.demo.dialects import DIALECTS
from orchestration.demo.newsroom import NEWSROOM_END, Newsroom
from orchestration.demo.newsroom.windows import Publication
from orchestration.demo.origin import Origin, Page

CAPTURED_EVERY = timedelta(days=9)
"""How often the web archive's robot came by: between two visits the window still overlaps."""
INDEX_ROWS = 50
_CAPTURE_PATH = "/web/"


class PastOrigin(Origin):
    """One publication at the root of its host, its feed at `/feed`; beside it a web archive.

    It shows the latest window, a sitemap, Substack's archive and post API, and a capture index.
    """

    def __init__(self, newsroom: Newsroom, moment: datetime = NEWSROOM_END) -> None:
        """Prepare the server; what it serves is as it is at that moment."""
        super().__init__(newsroom, moment)
        (self._publication,) = newsroom.publications
        self._posts = list(reversed(self._publication.posts))
        self._numbers = {services.slug_of(post): n for n, post in enumerate(self._posts)}
        self._captures = services.captures_of(self._publication, moment, CAPTURED_EVERY)
        self._feed_of_old = f"{self._publication.truth.home_url}/feed"
        self._lists: Mapping[str, bytes] | None = None

    def feed_url(self, _feed_id: str = "") -> str:
        """Return the address of the feed."""
        return f"{self.url}/feed"

    def page(self, path: str, moment: datetime) -> Page | None:
        """Return what is under a path with its query, None where nothing is."""
        parts = urlsplit(path)
        asked = {name: values[-1] for name, values in parse_qs(parts.query).items()}
        if parts.path == "/feed" and not asked:
            return self._feed(self._publication, moment)
        body = self._answer(parts.path, asked)
        return None if body is None else self._as_page(body)

    def _feed(self, publication: Publication, moment: datetime) -> Page:
        page = super().page(f"/{publication.truth.feed_id}/feed", moment)
        assert page is not None
        return page

    def _answer(self, path: str, asked: Mapping[str, str]) -> bytes | None:
        if path == "/api/v1/archive":
            return services.archive_page(self._posts, int(asked["offset"]), int(asked["limit"]))
        if path.startswith("/api/v1/posts/"):
            number = self._numbers.get(path.rpartition("/")[2])
            return None if number is None else services.api_post(self._posts, number)
        if path == "/cdx/search/cdx":
            key = asked.get("resumeKey", "")
            return services.capture_index(self._feed_of_old, self._captures, key, INDEX_ROWS)
        if path.startswith(_CAPTURE_PATH):
            stamp = path.removeprefix(_CAPTURE_PATH).partition("id_/")[0]
            return dict(self._captures).get(stamp)
        return self._listed().get(path)

    def _listed(self) -> Mapping[str, bytes]:
        if self._lists is None:
            home = self._publication.truth.home_url
            self._lists = services.sitemaps(self._posts, home, self.url)
        return self._lists

    def _as_page(self, body: bytes) -> Page:
        # Every answer is asked for once: nobody compares these tags.
        kind = DIALECTS[self._publication.truth.platform].content_type
        return Page(body=body, content_type=kind, etag='W/"past"', last_modified=self.moment)
