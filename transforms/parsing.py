"""A document's bytes to its entries, whatever its format; recognised by content, not by name."""

from transforms.captures import CAPTURE_FORMATS, known_zone, parse_capture, recognise_capture
from transforms.document import ParsedFeed, SourceDocument
from transforms.feed import parse_feed
from transforms.history_documents import HISTORY_FORMATS, parse_history
from transforms.known import KnownArticles


def parse_document(
    document: SourceDocument, known: KnownArticles, feed_url: str | None = None
) -> ParsedFeed:
    """Return the entries of a feed or of a capture; never raises for what the document holds.

    The zone of a capture's local times is the one its import names, else the one in which its
    posts are posts that the feed is known to have, else its format's usual one.
    """
    chosen = document.options.get("format")
    if chosen in HISTORY_FORMATS:
        return parse_history(document)
    kind = chosen if chosen in CAPTURE_FORMATS else None
    if chosen is None:
        kind = recognise_capture(document.body)
    if kind is None:
        # A capture of a web archive stands at the archive's address, its links start at its own.
        address = document.options.get("original_url", document.source_uri)
        base_url = address if address.startswith("http") else feed_url
        return parse_feed(document.body, base_url=base_url, content_type=document.content_type)
    timezone = document.options.get("timezone")
    parsed = parse_capture(document.body, format=kind, timezone=timezone)
    if timezone is None and (zone := known_zone(parsed, known.moments())):
        return parse_capture(
            document.body, format=kind, timezone=zone, timezone_source="as known posts show"
        )
    return parsed
