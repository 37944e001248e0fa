"""Markup to the tree of libxml2, whatever its size and nesting."""

import re
from typing import Any

from lxml import etree

# libxml2 gives up at 256 or 2048 levels, which takes as many tags.
MIN_DEEP_TAGS = 250
# The longest real articles have 1.5 MB, with pictures written into them; the rest is cut.
MAX_MARKUP_CHARS = 8_000_000
_CONTROLS = bytes(code for code in (*range(0x20), 0x7F) if code not in b"\t\n\r\f")
_UNREAD = re.compile(
    rb"<(script|style|template|noscript)\b.*?(?:</\1\s*>|\Z)", re.DOTALL | re.IGNORECASE
)
_NESTING = re.compile(rb"</?(?!(?:p|br|hr|img)\b)[a-z][^<>]*>", re.IGNORECASE)

Element = Any  # lxml ships no types


def read_tree(markup: str) -> Element | None:
    """Return the root of some HTML, None for markup without any element or text."""
    data = as_bytes(markup[:MAX_MARKUP_CHARS])
    if b"<![CDATA[" in data:  # a body wrapped twice by the software that made the feed
        data = data.replace(b"<![CDATA[", b"").replace(b"]]>", b"")
    root, is_whole = _parse(data)
    if is_whole:
        return root
    # libxml2 drops all that follows a node too deep for it: the nesting goes, the text stays.
    flat = _NESTING.sub(b" ", _UNREAD.sub(b" ", data))
    return _parse(flat)[0]


def _parse(data: bytes) -> tuple[Element | None, bool]:
    """Return the tree of some HTML, None for markup without any, and whether all of it was read."""
    parser = etree.HTMLParser(
        encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True, no_network=True
    )
    try:
        root = etree.fromstring(b"<body>" + data, parser)
    except (etree.XMLSyntaxError, ValueError):
        root = None
    limits = (error.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT for error in parser.error_log)
    is_deep = data.count(b"<") > MIN_DEEP_TAGS and any(limits)
    return root, not is_deep


def as_bytes(text: str) -> bytes:
    """Return a text as UTF-8 without control characters, which no markup may hold."""
    return text.encode("utf-8", "ignore").translate(None, _CONTROLS)
