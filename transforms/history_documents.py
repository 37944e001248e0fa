"""Documents of history that are no feeds, by the format their landing names.

Lists of what exists (`sitemap`, `substack-archive`, `capture-index`, `robots`) hold no entries:
they prove what is there. Posts and pages are documents of one entry and of format `html`.
"""

from collections.abc import Callable, Mapping

from transforms.document import EntryTrouble, ParsedFeed, SourceDocument
from transforms.sitemaps import parse_sitemap
from transforms.substack_api import parse_archive_page, parse_post
from transforms.web_archive import parse_capture_index

LIST_FORMATS: Mapping[str, Callable[[bytes], bool]] = {
    "sitemap": lambda body: parse_sitemap(body) is not None,
    "substack-archive": lambda body: parse_archive_page(body, "") is not None,
    "capture-index": lambda body: parse_capture_index(body) is not None,
    "robots": lambda _: True,
}
"""Formats without entries, and how each is told from another answer."""
HISTORY_FORMATS = frozenset({*LIST_FORMATS, "substack-post", "html"})


def parse_history(document: SourceDocument) -> ParsedFeed:
    """Return the entries of a document whose options name one of HISTORY_FORMATS."""
    form = document.options["format"]
    address = document.options.get("original_url", document.source_uri)
    if form == "substack-post":
        return parse_post(document.body, address)
    if form == "html":
        # trafilatura takes a second to load, and most runs meet no page.
        from transforms.pages import parse_page  # noqa: PLC0415 trafilatura is slow to import

        return parse_page(document.body, address if address.startswith("http") else None)
    if LIST_FORMATS[form](document.body):
        return ParsedFeed(format=form)
    detail = f"this is no {form}; fetch it again"
    trouble = EntryTrouble(number=0, reason=f"not_a_{form.replace('-', '_')}", detail=detail)
    return ParsedFeed(format=None, troubles=(trouble,))
