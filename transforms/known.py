"""What the tables already know of a feed's articles: enough to recognise and to compare them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from transforms.identity import guid_key
from transforms.urls import identity_url

CAPTURE_FORMATS = frozenset({"preview-text", "blog-text", "html"})
"""Formats that hold less of an article than its feed does: no ids, no links, no markup."""

PAGE_FORMAT = "html"
"""An article's own page, or its post from a platform's API: it can be more whole than the feed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownArticle:
    """An article as it stands in the tables, without its text."""

    article_id: str
    guid: str | None
    url: str | None
    title: str | None
    published_at: datetime | None
    first_seen_at: datetime
    last_seen_at: datetime
    vanished_at: datetime | None
    revision: int
    content_hash: str
    entry_hash: str
    source_format: str
    month: str
    is_truncated: bool = False

    @property
    def is_from_capture(self) -> bool:
        """True where only a capture, without ids and links, has shown it so far."""
        return self.source_format in CAPTURE_FORMATS


class KnownArticles:
    """The known articles of one feed, found by id, guid, address, title and time."""

    def __init__(self, articles: Iterable[KnownArticle] = ()) -> None:
        """Index the articles; what two of them share finds neither."""
        self.by_id: dict[str, KnownArticle] = {}
        self._by_guid: dict[str, str] = {}
        self._by_url: dict[str, set[str]] = {}
        self._by_title: dict[str, set[str]] = {}
        self._by_minute: dict[datetime, set[str]] = {}
        for article in articles:
            self.add(article)

    def __len__(self) -> int:
        return len(self.by_id)

    def add(self, article: KnownArticle) -> None:
        """Add an article, or replace its earlier state."""
        self.by_id[article.article_id] = article
        if key := guid_key(article.guid):
            self._by_guid.setdefault(key, article.article_id)
        if article.url:
            self._by_url.setdefault(identity_url(article.url), set()).add(article.article_id)
        if article.title:
            self._by_title.setdefault(title_key(article.title), set()).add(article.article_id)
        if article.published_at:
            minute = article.published_at.replace(second=0, microsecond=0)
            self._by_minute.setdefault(minute, set()).add(article.article_id)

    def with_guid(self, key: str) -> str | None:
        """Return the article that was first known under a guid, or None."""
        return self._by_guid.get(key)

    def with_url(self, url: str) -> str | None:
        """Return the one article of an address; None for none and for several."""
        return _only(self._by_url.get(identity_url(url)))

    def with_title(self, title: str) -> set[str]:
        """Return the articles of a title, capitals and spacing aside."""
        return self._by_title.get(title_key(title), set())

    def of_minute(self, moment: datetime) -> set[str]:
        """Return the articles published in the minute of a moment."""
        return self._by_minute.get(moment.replace(second=0, microsecond=0), set())

    def moments(self) -> set[datetime]:
        """Return when the articles were published that a feed itself has shown, UTC."""
        shown = (known for known in self.by_id.values() if not known.is_from_capture)
        return {known.published_at for known in shown if known.published_at}

    def visible_before(self, moment: datetime) -> list[KnownArticle]:
        """Return the articles that the latest window before a moment showed."""
        earlier = [known.last_seen_at for known in self.by_id.values() if not known.is_from_capture]
        latest = max((seen for seen in earlier if seen < moment), default=None)
        return [known for known in self.by_id.values() if known.last_seen_at == latest]


def title_key(title: str) -> str:
    """Return a title in one spelling of capitals and spaces."""
    return " ".join(title.casefold().split())


def _only(ids: set[str] | None) -> str | None:
    return next(iter(ids)) if ids and len(ids) == 1 else None
