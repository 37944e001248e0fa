"""Lists of feeds in OPML, the format feed readers exchange: in and out.

See: http://opml.org/spec2.opml
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from lxml import etree

from orchestration.registry.editing import add_feeds
from orchestration.registry.entries import FeedEntry, Registry, slug_of, unused_id, url_key
from orchestration.registry.reading import load_registry, url_problem

MAX_OPML_BYTES = 20_000_000
"""Far above any real list (422 feeds are 100 KB); what is larger is not one."""


class OpmlError(Exception):
    """A file is no OPML list; the message says what it is and the cure."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpmlImport:
    """What became of the feeds of a list: each is in exactly one of the three."""

    added: tuple[FeedEntry, ...]
    duplicates: tuple[tuple[str, str], ...]
    """(address in the list, id of the feed that already has it)."""
    rejected: tuple[tuple[str, str], ...]
    """(address in the list, why it cannot be followed)."""


def import_opml(path: Path, content: bytes) -> OpmlImport:
    """Add the feeds of an OPML list to a registry file in one write, made when missing.

    A feed that is there already, in whatever spelling of its address, is told and left alone.
    Folders become tags. Raises OpmlError for what is no list, RegistryError for the registry.
    """
    held = load_registry(path).feeds if path.exists() else ()
    sorted_out = sort_out(read_opml(content), held)
    if sorted_out.added:
        add_feeds(path, sorted_out.added)
    return sorted_out


def read_opml(content: bytes) -> list[FeedEntry]:
    """Return the feeds of a list with their ids still empty; raises OpmlError."""
    if len(content) > MAX_OPML_BYTES:
        raise OpmlError(f"larger than {MAX_OPML_BYTES // 1_000_000} MB: not a list of feeds.")
    # Lists come from strangers: entities stay unexpanded, nothing is loaded from anywhere.
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=True
    )
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError):
        root = None
    if root is None or _local(root) != "opml":
        raise OpmlError("not OPML. Export the list from the feed reader again, as OPML.")
    return [feed for outline in root.iterchildren("{*}body") for feed in _feeds(outline, ())]


def sort_out(listed: list[FeedEntry], held: tuple[FeedEntry, ...]) -> OpmlImport:
    """Return which listed feeds are new (now with an id), known already, or unusable."""
    added: list[FeedEntry] = []
    duplicates: list[tuple[str, str]] = []
    rejected: list[tuple[str, str]] = []
    known = {url_key(feed.url): feed.id for feed in held if feed.url}
    taken = {feed.id for feed in held}
    for feed in listed:
        url = feed.url or ""
        problem = url_problem(url)
        if problem:
            rejected.append((url, problem))
        elif (key := url_key(url)) in known:
            duplicates.append((url, known[key]))
        else:
            entry = replace(feed, id=unused_id(feed.title, url, taken))
            known[key] = entry.id
            taken.add(entry.id)
            added.append(entry)
    return OpmlImport(added=tuple(added), duplicates=tuple(duplicates), rejected=tuple(rejected))


def export_opml(registry: Registry) -> bytes:
    """Return the feeds that have an address as an OPML 2.0 list."""
    root = etree.Element("opml", version="2.0")
    etree.SubElement(etree.SubElement(root, "head"), "title").text = "Feedhouse feeds"
    body = etree.SubElement(root, "body")
    for feed in registry.feeds:
        if feed.url is None:
            continue
        title = feed.title or feed.id
        outline = etree.SubElement(body, "outline", type="rss", text=title, title=title)
        outline.set("xmlUrl", feed.url)
        if feed.tags:
            outline.set("category", ",".join(feed.tags))
    content: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)
    return content


def _feeds(parent: etree._Element, folders: tuple[str, ...]) -> Iterator[FeedEntry]:
    for outline in parent.iterchildren("{*}outline"):
        # Readers disagree on the case of attributes; the specification says xmlUrl.
        values = {name.lower(): value.strip() for name, value in outline.attrib.items()}
        title = values.get("title") or values.get("text") or None
        url = values.get("xmlurl")
        if url is None:
            tag = slug_of(title or "")
            yield from _feeds(outline, (*folders, tag) if tag else folders)
            continue
        categories = (slug_of(each) for each in values.get("category", "").split(","))
        tags = tuple(dict.fromkeys((*folders, *(each for each in categories if each))))
        yield FeedEntry(id="", url=url, title=title, tags=tags)


def _local(element: etree._Element) -> str:
    return str(etree.QName(element).localname).lower()
