"""What a body is, whatever its Content-Type claims: feeds are served as text/html and worse."""

import codecs
import json
import re

FEED_KINDS = frozenset({"rss", "atom", "rdf", "json_feed"})

_HEAD_BYTES = 16_384
"""Where the root element of anything real has begun, licence comments included."""
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_PROLOG = re.compile(r"(?:\s+|<\?.*?\?>|<!--.*?-->)+", re.DOTALL)
_PAGE = re.compile(r"<!doctype\s+html|<html[\s>]", re.IGNORECASE)
_PAGE_START = re.compile(r"<!doctype\s+html|<(?:html|head|body|title|meta)[\s>]", re.IGNORECASE)
_ROOT = re.compile(r"<(?:[\w.-]+:)?(rss|feed|rdf)(?=[\s>])", re.IGNORECASE)
_KINDS = {"rss": "rss", "feed": "atom", "rdf": "rdf"}
_DESCRIPTIONS = {
    "empty": "an empty body",
    "html": "a web page (HTML)",
    "json": "JSON that is no feed",
    "xml": "XML that is no feed",
    "text": "plain text",
    "binary": "bytes that are no text",
}
_TITLE = re.compile(r"<title[^>]*>(.*?)</title", re.IGNORECASE | re.DOTALL)
_MAX_QUOTE = 80


def body_kind(body: bytes) -> str:
    """Return rss, atom, rdf or json_feed for a feed; else empty, html, json, xml, text, binary."""
    head = _head(body).lstrip("\ufeff\x00 \t\r\n")
    if not head:
        return "empty"
    if head[0] in "{[":
        return _json_kind(body)
    prolog = _PROLOG.match(head)
    start = head[prolog.end() :] if prolog else head
    root = _ROOT.search(head)
    # Warnings of the publishing software may come before the root, a page never does.
    is_page = _PAGE_START.match(start) is not None
    if root and not is_page and not _PAGE.search(head, 0, root.start()):
        return _KINDS[root[1].lower()]
    if is_page or _PAGE.search(head):
        return "html"
    if head.startswith("<"):
        return "xml"
    return "binary" if "\x00" in head or "\ufffd" in head[:200] else "text"


def describe_body(body: bytes, kind: str) -> str:
    """Return a body that is no feed in a few words, with its title when it is a page."""
    description = _DESCRIPTIONS.get(kind, kind)
    title = page_title(body) if kind == "html" else None
    return f"{description} titled {title!r}" if title else description


def page_title(body: bytes) -> str | None:
    """Return the title of a web page, shortened; None when its beginning has none."""
    match = _TITLE.search(_head(body))
    title = " ".join(match[1].split()) if match else ""
    return title[:_MAX_QUOTE] or None


def _head(body: bytes) -> str:
    head = body[:_HEAD_BYTES]
    for mark, encoding in _BOMS:
        if head.startswith(mark):
            return head.decode(encoding, "replace")
    if head[:4] == b"<\x00?\x00":
        return head.decode("utf-16-le", "replace")
    return head.decode("utf-8", "replace")


def _json_kind(body: bytes) -> str:
    """Return json_feed for what has a version of jsonfeed.org, or looks like one without."""
    try:
        value = json.loads(body)
    except (ValueError, RecursionError):
        return "json"
    if not isinstance(value, dict) or not isinstance(value.get("items"), list):
        return "json"
    is_declared = "jsonfeed.org" in str(value.get("version", ""))
    return "json_feed" if is_declared or "title" in value else "json"
