"""Sitemaps to the pages they list. See https://www.sitemaps.org/protocol.html."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lxml import etree

from transforms.dates import read_date
from transforms.listings import ListedPage, distinct_pages, unpacked

# An index may name as many sitemaps, a sitemap as many pages.
MAX_LISTED = 50_000
_SITEMAP_LINE = re.compile(r"^\s*sitemap\s*:\s*(\S+)", re.IGNORECASE | re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sitemap:
    """The pages a sitemap lists, and the sitemaps an index names."""

    pages: tuple[ListedPage, ...] = ()
    sitemaps: tuple[str, ...] = ()


def parse_sitemap(body: bytes) -> Sitemap | None:
    """Return a sitemap or sitemap index; None for anything else, a text sitemap included.

    Namespaces are passed over: generators forget them and write them in three spellings. A
    damaged end is cut off, what stands before it counts.
    """
    data = unpacked(body).lstrip(b"\xef\xbb\xbf \t\r\n")
    if not data.startswith(b"<"):
        return None
    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError:
        return None
    kind = _name(root) if root is not None else ""
    if kind == "sitemapindex":
        return Sitemap(sitemaps=tuple(dict.fromkeys(url for url, _ in _located(root, "sitemap"))))
    if kind != "urlset":
        return None
    pages = (
        ListedPage(url=url, modified_at=read_date(modified).at)
        for url, modified in _located(root, "url")
    )
    return Sitemap(pages=distinct_pages(pages))


def named_sitemaps(robots: bytes) -> tuple[str, ...]:
    """Return the sitemaps that a robots.txt names."""
    return tuple(dict.fromkeys(_SITEMAP_LINE.findall(robots.decode("utf-8", "replace"))))


def _located(root: Any, name: str) -> Iterator[tuple[str, str | None]]:
    count = 0
    for element in root:
        if _name(element) != name or count >= MAX_LISTED:
            continue
        values = {_name(child): " ".join((child.text or "").split()) for child in element}
        if url := values.get("loc"):
            count += 1
            yield url, values.get("lastmod")


def _name(element: Any) -> str:
    """Return an element's name without namespace; empty for comments and instructions."""
    return str(element.tag).rpartition("}")[2].lower() if isinstance(element.tag, str) else ""
