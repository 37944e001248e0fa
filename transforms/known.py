"""What the tables already know of a feed's articles: enough to recognise and to compare them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from transforms.document import Entry
from transforms.identity import IdentityRule, any_key, article_id, guid_key
from transforms.urls import identity_url


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
    revision: int
    content_hash: str
    entry_hash: str
    month: str


class KnownArticles:
    """The known articles of one feed, found by id, guid or address."""

    def __init__(self, articles: Iterable[KnownArticle] = ()) -> None:
        """Index the articles; of two with one address neither is found by it."""
        self.by_id: dict[str, KnownArticle] = {}
        self._by_guid: dict[str, str] = {}
        self._by_url: dict[str, str | None] = {}
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
            url = identity_url(article.url)
            held = self._by_url.setdefault(url, article.article_id)
            if held != article.article_id:
                self._by_url[url] = None

    def match(
        self, entry: Entry, feed_id: str, rule: IdentityRule, url_counts: Mapping[str, int]
    ) -> str:
        """Return the id of an entry's article: a known one it is the same as, or a new id.

        A renewed or flipped guid with the address of one known article is that article, as
        long as no other entry of the document has the address and it is more than a host:
        some feeds give every item one link. A false merge would be worse than a miss.
        """
        step, key = any_key(entry, rule)
        made = article_id(feed_id, step, key)
        if made in self.by_id:
            return made
        if step == "guid" and key in self._by_guid:
            return self._by_guid[key]
        url = identity_url(entry.url) if entry.url else ""
        if step != "url_date" and "/" in url and url_counts.get(url) == 1:
            return self._by_url.get(url) or made
        return made
