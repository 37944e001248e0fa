"""Where a feed document goes on: archived and paged feeds (RFC 5005), JSON Feed's next_url."""

import re
from dataclasses import dataclass

from lxml import etree

from transforms.listings import read_json
from transforms.urls import absolute_url

# Links of the feed itself stand before its entries in all that is seen, or right behind them.
_RELATIONS = ("prev-archive", "next-archive", "next", "current")
_IS_COMPLETE = re.compile(rb"<(?:\w+:)?complete\b[^>]*/?>")
_HISTORY = b"purl.org/syndication/history/1.0"


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedPaging:
    """The addresses a feed document names for its older parts; None where it names none."""

    prev_archive: str | None = None
    next_page: str | None = None
    current: str | None = None
    is_complete: bool = False
    """True where the document says that it holds all there is (fh:complete)."""


def read_paging(body: bytes, base_url: str) -> FeedPaging:
    """Return where a feed document goes on; nothing for what cannot be read."""
    if body.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        head = read_json(body)
        following = head.get("next_url") if isinstance(head, dict) else None
        is_text = isinstance(following, str)
        return FeedPaging(next_page=absolute_url(following, base_url) if is_text else None)
    links = _feed_links(body, base_url)
    return FeedPaging(
        prev_archive=links.get("prev-archive"),
        next_page=links.get("next"),
        current=links.get("current"),
        is_complete=_HISTORY in body and _IS_COMPLETE.search(body) is not None,
    )


def _feed_links(body: bytes, base_url: str) -> dict[str, str]:
    """Return the links of the feed by relation; those of its entries are not looked at."""
    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True)
    try:
        root = etree.fromstring(body.lstrip(), parser)
    except (etree.XMLSyntaxError, ValueError):
        return {}
    if root is None:
        return {}
    links: dict[str, str] = {}
    for element in (*root, *(child for part in root[:1] for child in part)):
        relation = (element.get("rel") or "").strip().lower()
        url = absolute_url(element.get("href"), base_url)
        is_link = isinstance(element.tag, str) and element.tag.rpartition("}")[2] == "link"
        if is_link and relation in _RELATIONS and url:
            links.setdefault(relation, url)
    return links
