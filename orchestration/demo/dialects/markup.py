"""Text and blocks as plain HTML and XML; every platform starts here and adds its own."""

import html
import re
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from email.utils import format_datetime
from typing import Any

from orchestration.demo.newsroom.blocks import (
    Block,
    Bullets,
    Code,
    Heading,
    Item,
    Paragraph,
    Picture,
    Rule,
    SubscribeBox,
)

Renderers = Mapping[type, Callable[[Any], str]]

BOLD = re.compile(r"\*\*(.+?)\*\*")
CODE = re.compile(r"`(.+?)`")
LINK = re.compile(r"\[([^\]]+)\]\(((?:[^()]|\([^()]*\))+)\)")
"""Addresses may hold a pair of parentheses, as many of an encyclopedia's do."""


def inline(text: str) -> str:
    """Return a text as HTML, its markup turned into tags."""
    escaped = html.escape(text, quote=False)
    escaped = LINK.sub(r'<a href="\2">\1</a>', escaped)
    return CODE.sub(r"<code>\1</code>", BOLD.sub(r"<strong>\1</strong>", escaped))


def attribute(text: str) -> str:
    """Return a text for use between double quotes."""
    return html.escape(text, quote=True)


def cdata(text: str) -> str:
    """Return a text as a CDATA section, a closing mark inside it split."""
    return f"<![CDATA[{text.replace(']]>', ']]]]><![CDATA[>')}]]>"


def element(name: str, text: str) -> str:
    """Return an XML element with escaped text."""
    return f"<{name}>{html.escape(text, quote=False)}</{name}>"


def rss_date(moment: datetime) -> str:
    """Return a UTC moment as RSS dates are written, ending in GMT."""
    return format_datetime(moment, usegmt=True)


def render_blocks(blocks: Iterable[Block], renderers: Renderers, joint: str = "") -> str:
    """Return blocks as HTML by the renderer of each kind."""
    return joint.join(renderers[type(block)](block) for block in blocks)


def heading(block: Heading) -> str:
    """Return a heading."""
    return f"<h{block.level}>{inline(block.text)}</h{block.level}>"


def paragraph(block: Paragraph) -> str:
    """Return a paragraph, a note in italics and a label in bold."""
    text = inline(block.text)
    if block.style == "note":
        text = f"<em>{text}</em>"
    if block.style == "label":
        text = f"<strong>{text}</strong>"
    return f"<p>{text}</p>"


def bullets(block: Bullets) -> str:
    """Return a list, nested where its items have items."""
    tag = "ol" if block.is_ordered else "ul"
    return f"<{tag}>{''.join(map(_item, block.items))}</{tag}>"


def texts_as_list(texts: Iterable[str]) -> str:
    """Return texts as a list with a paragraph in each item; nothing for no texts."""
    items = "".join(f"<li><p>{inline(text)}</p></li>" for text in texts)
    return f"<ul>{items}</ul>" if items else ""


def picture(block: Picture) -> str:
    """Return a picture with its caption."""
    caption = f"<figcaption>{inline(block.caption)}</figcaption>" if block.caption else ""
    source = f"/images/{block.name}.png"
    return f'<figure><img src="{source}" alt="{attribute(block.alt)}">{caption}</figure>'


def code(block: Code) -> str:
    """Return a block of code."""
    text = html.escape(block.text, quote=False)
    return f'<pre><code class="language-{block.language}">{text}</code></pre>'


def rule(_: Rule) -> str:
    """Return a horizontal rule."""
    return "<hr>"


def subscribe_box(block: SubscribeBox) -> str:
    """Return an invitation to subscribe."""
    return f'<div class="subscribe"><p>{inline(block.text)}</p></div>'


PLAIN: Renderers = {
    Heading: heading,
    Paragraph: paragraph,
    Bullets: bullets,
    Picture: picture,
    Code: code,
    Rule: rule,
    SubscribeBox: subscribe_box,
}


def _item(item: Item) -> str:
    below = "".join(f"<li>{inline(text)}</li>" for text in item.items)
    return f"<li>{inline(item.text)}{f'<ul>{below}</ul>' if below else ''}</li>"
