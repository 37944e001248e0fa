"""What a publication says exists: pages of a sitemap, posts of an archive; no bodies."""

import gzip
import io
import json
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

# The protocol of sitemaps allows 50 MB unpacked; what is larger is an attack.
MAX_LISTING_BYTES = 52_428_800


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedPage:
    """A page that a publication lists, with what the listing says of it. Times are UTC."""

    url: str
    title: str | None = None
    published_at: datetime | None = None
    modified_at: datetime | None = None
    slug: str | None = None


def distinct_pages(pages: Iterable[ListedPage]) -> tuple[ListedPage, ...]:
    """Return pages in their order, each address once: lists repeat while posts are added."""
    return tuple({page.url: page for page in reversed(list(pages))}.values())[::-1]


def unpacked(body: bytes) -> bytes:
    """Return a listing that is served as a .gz file unpacked, cut at the largest size."""
    if not body.startswith(b"\x1f\x8b"):
        return body[:MAX_LISTING_BYTES]
    try:
        with gzip.open(io.BytesIO(body)) as file:
            return file.read(MAX_LISTING_BYTES)
    except (OSError, EOFError, zlib.error):
        return b""


def read_json(body: bytes) -> Any:
    """Return the value of a JSON body; None where it is none."""
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        return None
