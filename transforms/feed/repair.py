"""Feed text to XML that an XML parser reads: what publishers break most often, mended.

A feed that is well-formed passes unchanged but for its document type. Bare ampersands, HTML's
named characters, forbidden characters, prefixes nobody declared and what stands before or after
the feed are mended here, so that only misnested markup is left to feedparser's lax parser.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from transforms.feed.held_texts import MIN_HELD_CHARS, HeldTexts
from transforms.feed.references import References, read_entities, unescape

# Junk before a feed (a server's warnings, comments, a document type) is shorter than this.
MAX_PROLOG_CHARS = 65_536
# A tag longer than this holds thousands of attributes, over which expat's Python face is quadratic;
# platforms write up to 20 KB of facts into one.
MAX_TAG_CHARS = 65_536

_ROOT = re.compile(r"<((?:[\w.-]+:)?(?:rss|feed|rdf|channel))(?=[\s/>])", re.IGNORECASE)
_PREFIX = re.compile(r"<([A-Za-z_][\w.-]*):|\s([A-Za-z_][\w.-]*):[\w.-]+\s*=\s*[\"']")
_DECLARED_PREFIX = re.compile(r"xmlns:([\w.-]+)\s*=")
_LONG_TAG = re.compile(rf"<([\w:.-]+)\s[^<>]{{{MAX_TAG_CHARS},}}?(/?)>")
_LONG_RUN = re.compile(rf">([^<]{{{MIN_HELD_CHARS},}})</")
_CONTROLS = bytes(code for code in range(0x20) if code not in b"\t\n\r")
_NONCHARACTERS = (b"\xef\xbf\xbe", b"\xef\xbf\xbf")
# What windows-1252 becomes when it is taken for Latin-1 and written as UTF-8.
_C1_CONTROL = re.compile(rb"\xc2([\x80-\x9f])")
_CDATA = "<![CDATA["
_WITHOUT_TAGS = re.compile(r"<!\[CDATA\[.*?(?:\]\]>|\Z)|<!--.*?(?:-->|\Z)", re.DOTALL)
_TAGS = re.compile(r"<(/?)([A-Za-z_][\w:.-]*)[^<>]*?(/?)>")
_NAMESPACES = {
    "atom": "http://www.w3.org/2005/Atom",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "feedburner": "http://rssnamespace.org/feedburner/ext/1.0",
    "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
    "media": "http://search.yahoo.com/mrss/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "xhtml": "http://www.w3.org/1999/xhtml",
    "xlink": "http://www.w3.org/1999/xlink",
}


@dataclass(frozen=True, slots=True)
class MendedFeed:
    """A feed as XML that parses, its long texts held beside it."""

    xml: bytes
    held: HeldTexts


def repair_xml(text: str) -> MendedFeed | None:
    """Return the feed in a text as UTF-8 XML; None where no feed begins in it."""
    root = _find_root(text)
    if root is None:
        return None
    parts = list(_parts(_allowed(_trimmed(text, root))))
    references = References(read_entities(text[: root.start()]))
    held = HeldTexts()
    mended = [
        _hold_data(part, held) if is_data else _hold_escaped(references.mend(part), held)
        for is_data, part in parts
    ]
    name = root[0]
    mended[0] = name + _missing_prefixes(parts) + mended[0][len(name) :]
    xml = '<?xml version="1.0" encoding="utf-8"?>\n' + _closed("".join(mended), root[1])
    return MendedFeed(xml.encode("utf-8", "ignore"), held)


def _closed(xml: str, root: str) -> str:
    """Return XML whose end is missing, a download cut off, with its open elements closed."""
    if xml.endswith(f"</{root}>"):
        return xml
    cut = xml.rfind("<")
    xml = xml[:cut] if ">" not in xml[cut:] else xml
    open_tags: list[str] = []
    counts: Counter[str] = Counter()
    for end, name, is_empty in _TAGS.findall(_WITHOUT_TAGS.sub("", xml)):
        if not end and not is_empty:
            open_tags.append(name)
            counts[name] += 1
        while end and counts[name]:
            counts[last := open_tags.pop()] -= 1
            if last == name:
                break
    return xml + "".join(f"</{name}>" for name in reversed(open_tags))


def _allowed(text: str) -> str:
    """Return text without characters that XML forbids, lone surrogates among them."""
    data = text.encode("utf-8", "ignore").translate(None, _CONTROLS)
    for character in _NONCHARACTERS:
        data = data.replace(character, b"")
    data = _C1_CONTROL.sub(_as_cp1252, data)
    # The line ends that an XML parser would make; texts set aside never see it.
    return data.replace(b"\r\n", b"\n").replace(b"\r", b"\n").decode("utf-8")


def _as_cp1252(control: re.Match[bytes]) -> bytes:
    return control[1].decode("cp1252", "ignore").encode()


def _hold_data(section: str, held: HeldTexts) -> str:
    text = section[len(_CDATA) : -3]
    return held.hold(text) if _is_body(text, "<") else section


def _hold_escaped(markup: str, held: HeldTexts) -> str:
    def mark(run: re.Match[str]) -> str:
        return f">{held.hold(unescape(run[1]))}</" if _is_body(run[1], "&lt;") else run[0]

    if len(markup) > MAX_TAG_CHARS:
        markup = _LONG_TAG.sub(r"<\1\2>", markup)
    return _LONG_RUN.sub(mark, markup) if len(markup) > MIN_HELD_CHARS else markup


def _is_body(text: str, tag_opening: str) -> bool:
    # Base64, which feedparser must see, holds no tags.
    return len(text) >= MIN_HELD_CHARS and tag_opening in text


def _find_root(text: str) -> re.Match[str] | None:
    """Return where the feed's element begins, comments before it passed over."""
    place = 0
    while root := _ROOT.search(text, place, MAX_PROLOG_CHARS):
        comment = text.find("<!--", place, root.start())
        if comment < 0:
            return root
        end = text.find("-->", comment)
        if end < 0:
            return None
        place = end + 3
    return None


def _trimmed(text: str, root: re.Match[str]) -> str:
    end = text.rfind(f"</{root[1]}")
    close = text.find(">", end) if end > 0 else -1
    return text[root.start() : close + 1] if close > 0 else text[root.start() :]


def _parts(text: str) -> Iterator[tuple[bool, str]]:
    """Yield markup and CDATA sections in turn, each with whether it is CDATA."""
    place = 0
    while True:
        start = text.find(_CDATA, place)
        if start < 0:
            yield False, text[place:].replace("]]>", "]]&gt;")
            return
        yield False, text[place:start].replace("]]>", "]]&gt;")
        end = text.find("]]>", start)
        if end < 0:  # a document cut off within it
            yield True, text[start:] + "]]>"
            return
        yield True, text[start : end + 3]
        place = end + 3


def _missing_prefixes(parts: list[tuple[bool, str]]) -> str:
    """Return declarations for prefixes that are used and declared nowhere."""
    used: set[str] = set()
    declared = {"xml", "xmlns"}
    for is_data, part in parts:
        if not is_data and ":" in part:
            used.update(tag or attribute for tag, attribute in _PREFIX.findall(part))
            declared.update(_DECLARED_PREFIX.findall(part))
    missing = sorted(used - declared)
    return "".join(f' xmlns:{p}="{_NAMESPACES.get(p, f"urn:undeclared:{p}")}"' for p in missing)
