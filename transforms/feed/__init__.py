"""Feed bytes to a ParsedFeed, whatever the dialect: RSS, RDF, Atom, CDF or JSON Feed.

A feed is known by what it holds, not by its header: servers call feeds text/html and pages
application/rss+xml. What a publisher wrote never raises; it becomes an EntryTrouble.
"""

from transforms.document import EntryTrouble, ParsedFeed
from transforms.feed.charset import decode_body
from transforms.feed.json_feed import looks_like_json, parse_json_feed
from transforms.feed.repair import repair_xml
from transforms.feed.xml_feed import parse_xml_feed

# The largest real feeds (whole archives of daily newsletters with their articles) have 30 MB;
# a tree of more than this would take gigabytes.
MAX_BODY_BYTES = 64_000_000
# Elements beside the articles' own texts: 15 an entry, so that this is a feed of 30,000 entries,
# and ten seconds of reading for an attack that is nothing but tags.
MAX_TAGS = 500_000


def parse_feed(
    body: bytes, *, base_url: str | None = None, content_type: str | None = None
) -> ParsedFeed:
    """Return what a feed document holds; never raises for what a publisher wrote.

    `base_url` is the address it was fetched from, against which relative links are made
    absolute; `content_type` is the header, heard only for a charset that the document leaves out.
    """
    if len(body) > MAX_BODY_BYTES:
        detail = f"it has {len(body)} bytes, more than the {MAX_BODY_BYTES} a feed may have"
        return _no_feed("too_large", detail)
    text = decode_body(body, content_type)
    if looks_like_json(text):
        return parse_json_feed(text, base_url) or _no_feed("not_a_feed", _describe(text))
    mended = repair_xml(text)
    if mended and mended.xml.count(b"<") > MAX_TAGS:
        return _no_feed("too_large", f"it has more than the {MAX_TAGS} elements a feed may have")
    parsed = parse_xml_feed(mended, base_url) if mended else None
    return parsed or _no_feed("not_a_feed", _describe(text))


def _no_feed(reason: str, detail: str) -> ParsedFeed:
    trouble = EntryTrouble(number=0, reason=reason, detail=detail)
    return ParsedFeed(format=None, troubles=(trouble,))


def _describe(text: str) -> str:
    start = text[:400].strip().lower()
    if not start:
        return "the document is empty; check the address or fetch it again"
    if start.startswith(("<!doctype html", "<html")):
        return "this is a web page, not a feed; look for the page's feed link"
    if start.startswith(("{", "[")):
        return "this is JSON but no JSON Feed; check that the file is the feed itself"
    return "no RSS, Atom or JSON Feed was found in it; check that the file is the feed itself"
