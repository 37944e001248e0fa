"""Values as feeds write them, made what readers see: titles, names, plain text, platforms."""

import html
import re
from collections.abc import Iterable
from urllib.parse import urlsplit

from transforms.html import plain_text

_MAIL_WITH_NAME = re.compile(
    r"^(?:mailto:)?\S+@\S+\s*\((?P<name>[^()]+)\)$|^\"?(?P<first>[^<(\"]+?)\"?\s*[<(]\S+@\S+[>)]$"
    r"|^\S+@\S+\.\w+\s*[,;:–-]?\s+(?P<after>[^@<>()]+)$"
)
_FORMATTING = (
    "a|abbr|acronym|b|big|cite|code|del|div|em|font|h[1-6]|i|ins|kbd|mark|p|q|s|small|span|strike"
    "|strong|sub|sup|tt|u|var"
)
# A tag counts as markup when its partner stands there too: "Using <div> tags" is words.
_OPENING = re.compile(rf"<({_FORMATTING})(?:\s[^<>]*)?>", re.IGNORECASE)
_CLOSING = re.compile(rf"</({_FORMATTING})\s*>", re.IGNORECASE)
_TAG = re.compile(rf"</?(?:{_FORMATTING}|br|img|wbr|hr)(?:\s[^<>]*)?/?>", re.IGNORECASE)
_EMPTY_TAG = re.compile(r"<(?:br|img|wbr|hr)(?:\s[^<>]*)?/?>", re.IGNORECASE)
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_BLANK_LINES = re.compile(r"\n[ \t]*(?:\n[ \t]*)+")

_GENERATORS = (
    "substack", "beehiiv", "buttondown", "medium", "wordpress", "ghost", "blogger", "hashnode",
    "squarespace", "tumblr", "hugo", "jekyll", "eleventy", "gatsby", "wix", "drupal", "typepad",
)  # fmt: skip
_PLATFORM_DOMAINS = {
    "substack.com": "substack", "medium.com": "medium", "wordpress.com": "wordpress",
    "ghost.io": "ghost", "blogspot.com": "blogger", "beehiiv.com": "beehiiv",
    "hashnode.dev": "hashnode", "tumblr.com": "tumblr",
}  # fmt: skip


def clean(text: str) -> str:
    """Return text without characters that neither XML nor UTF-8 can hold."""
    return _FORBIDDEN.sub("", text)


def one_line(text: str | None) -> str | None:
    """Return literal text on one line, trimmed; None for none."""
    return " ".join(text.split()) or None if text else None


def read_title(value: str | None, *, is_html: bool = False, is_literal: bool = False) -> str | None:
    """Return a title as people read it, references resolved once, on one line.

    Atom and JSON Feed say what a title is, and are believed. RSS does not: there references are
    resolved once more after XML's own, as readers do ("AT&amp;amp;T" is shown as "AT&T"), and
    only tags that stand in pairs go, so that "Using <div> tags" stays.
    """
    if not value:
        return None
    if is_html:
        return plain_text(value)
    if has_markup(value):
        value = _TAG.sub("", _EMPTY_TAG.sub(" ", value))
    return one_line(value if is_literal else clean(html.unescape(value)))


def has_markup(text: str) -> bool:
    """Tell whether text that calls itself plain is HTML after all: a pair of tags, or a break."""
    if "<" not in text:
        return False
    closed = {name.lower() for name in _CLOSING.findall(text)} if "</" in text else set()
    is_paired = bool(closed) and any(name.lower() in closed for name in _OPENING.findall(text))
    return is_paired or bool(_EMPTY_TAG.search(text))


def text_as_html(text: str | None) -> str | None:
    """Return plain text as HTML that shows it: references escaped, blank lines as breaks."""
    if not text or not text.strip():
        return None
    escaped = html.escape(text.strip(), quote=False).replace("\r\n", "\n")
    return _BLANK_LINES.sub("<br><br>", escaped)


def author_name(author: str | None) -> str | None:
    """Return the name of `mail (name)`, `name <mail>` or `mail name`, never an address alone."""
    if not author or not author.strip():
        return None
    author = " ".join(html.unescape(author).split())
    match = _MAIL_WITH_NAME.match(author)
    if match:
        return (match["name"] or match["first"] or match["after"]).strip() or None
    return None if "@" in author.lstrip("@") and " " not in author else author


def distinct(values: Iterable[str | None]) -> tuple[str, ...]:
    """Return values in their order, trimmed, empty and repeated ones left out."""
    kept = (" ".join(value.split()) for value in values if value)
    return tuple(dict.fromkeys(value for value in kept if value))


def platform_of(generator: str | None, home_url: str | None) -> str | None:
    """Return the platform that made a feed: as its generator says, else as its host shows."""
    made_by = (generator or "").lower()
    named = next((name for name in _GENERATORS if name in made_by), None)
    if named or not home_url:
        return named
    try:
        host = urlsplit(home_url).hostname or ""
    except ValueError:
        return None
    return _PLATFORM_DOMAINS.get(".".join(host.split(".")[-2:]))
