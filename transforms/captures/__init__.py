"""Captures of feeds saved as plain text: feed-preview pages and run-together blog texts.

recognise_capture(body) -> "preview-text", "blog-text" or None
parse_capture(body) -> ParsedFeed, its entries with blocks instead of markup
known_zone(parsed, known) -> the offset at which its local times are those of known posts
"""

import re
from datetime import tzinfo

from transforms.captures.blog import FORMAT as BLOG_TEXT
from transforms.captures.blog import has_closings, parse_blogs
from transforms.captures.joined import joined, split_off_blogs
from transforms.captures.lines import read_lines, unwrapped
from transforms.captures.posts import is_page, split_posts
from transforms.captures.preview import FORMAT as PREVIEW_TEXT
from transforms.captures.preview import parse_preview
from transforms.captures.rules import load_rules
from transforms.captures.stamps import unglued
from transforms.captures.zones import PREVIEW_ZONE, known_zone, read_zone
from transforms.document import EntryTrouble, ParsedFeed

__all__ = ["CAPTURE_FORMATS", "known_zone", "parse_capture", "read_zone", "recognise_capture"]

CAPTURE_FORMATS = (PREVIEW_TEXT, BLOG_TEXT)

# Markup shows in the first lines of a document; an article about markup begins in words.
MAX_HEAD_LENGTH = 3000
# A text with a tag for every so many words is no plain text.
WORDS_BY_TAG = 25
_MARKUP = re.compile(
    r"^\s*<(?:\?xml|!doctype|!--|rss|feed|rdf|html|head|body|channel|opml|urlset|div|meta|svg)\b|^\s*[{\[]\s*[\"{\[]",
    re.IGNORECASE | re.MULTILINE,
)
_TAG = re.compile(r"</?[a-zA-Z][\w:-]{0,40}(?:\s[^<>]{0,500})?>")


def recognise_capture(body: bytes) -> str | None:
    """Return which kind of plain-text capture a document is, None for a feed or another text."""
    lines = unglued(read_lines(body))
    if _is_markup(lines):
        return None
    rules = load_rules()
    if is_page(split_posts(lines, rules), lines):
        return PREVIEW_TEXT
    return BLOG_TEXT if has_closings(lines, rules.blog) else None


def parse_capture(
    body: bytes,
    *,
    format: str | None = None,  # noqa: A002
    timezone: str | None = None,
    timezone_source: str = "given",
) -> ParsedFeed:
    """Return the entries of a plain-text capture; never raises for what the capture holds.

    Args:
        body: The capture's bytes in any Unicode encoding.
        format: One of CAPTURE_FORMATS; recognised by content where it is None.
        timezone: Zone of local times, an IANA name or an offset; preview pages without it are
            read at UTC+8, which `published_rule` says. A zone on a line itself comes first.
        timezone_source: Who told the zone, in the words of `published_rule`.

    Raises:
        ValueError: For a time zone or a format that does not exist.
    """
    if format not in (None, *CAPTURE_FORMATS):
        raise ValueError(
            f"{format!r} is no format of captures; use one of {', '.join(CAPTURE_FORMATS)}"
        )
    zone = read_zone(timezone or PREVIEW_ZONE)
    kind = format or recognise_capture(body)
    lines = unwrapped(unglued(read_lines(body)))
    if kind == PREVIEW_TEXT:
        rule = f"{_spaced(timezone)} {timezone_source}" if timezone else f"{PREVIEW_ZONE} assumed"
        return _parse_page(lines, zone, rule)
    if kind == BLOG_TEXT:
        return parse_blogs(lines, load_rules())
    detail = "neither posts under their times nor closed blog articles were found in the text"
    return ParsedFeed(
        format=None, troubles=(EntryTrouble(number=0, reason="not_a_capture", detail=detail),)
    )


def _parse_page(lines: list[str], zone: tzinfo, zone_rule: str) -> ParsedFeed:
    rules = load_rules()
    page = split_posts(lines, rules)
    if not page.posts:
        return parse_preview(lines, page, zone, zone_rule, rules)
    page, above, below = split_off_blogs(lines, page, rules)
    parsed = parse_preview(lines, page, zone, zone_rule, rules)
    return joined(parsed, above, below, rules) if above or below else parsed


def _spaced(timezone: str) -> str:
    return timezone if timezone.startswith(("+", "-")) else f" {timezone}"


def _is_markup(lines: list[str]) -> bool:
    """Tell a feed or page from text: by how it begins, or by its many tags."""
    if _MARKUP.search("\n".join(lines)[:MAX_HEAD_LENGTH]):
        return True
    tags = sum(len(_TAG.findall(line)) for line in lines)
    return tags * WORDS_BY_TAG > sum(len(line.split()) for line in lines)
