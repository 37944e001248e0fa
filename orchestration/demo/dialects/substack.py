"""A newsletter as Substack's feed has it: image wrappers, widgets, cut paid posts."""

import html
import json
from functools import lru_cache
from urllib.parse import quote

from orchestration.demo.dialects.markup import (
    PLAIN,
    Renderers,
    attribute,
    cdata,
    inline,
    render_blocks,
    rss_date,
    texts_as_list,
)
from orchestration.demo.newsroom.blocks import (
    Advert,
    Bullets,
    Item,
    Paragraph,
    Picture,
    Promotion,
    ReadMore,
    Rule,
    SubscribeBox,
)
from orchestration.demo.newsroom.desk import Post
from orchestration.demo.newsroom.truth import FeedTruth
from orchestration.demo.newsroom.windows import Listing

NAMESPACES = (
    'xmlns:dc="http://purl.org/dc/elements/1.1/"'
    ' xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    ' xmlns:atom="http://www.w3.org/2005/Atom" version="2.0"'
    ' xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"'
)
WIDTHS = (424, 848, 1456)
TYPOGRAPHY = str.maketrans({"’": "&#8217;", "‘": "&#8216;", "“": "&#8220;", "”": "&#8221;"})
EXPAND_ICON = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="20" height="20" viewBox="0 0 24 24"'
    ' fill="none" stroke="currentColor"><polyline points="15 3 21 3 21 9"></polyline>'
    '<line x1="21" x2="14" y1="3" y2="10"></line></svg>'
)


def channel(truth: FeedTruth, changed: str, items: str) -> str:
    """Return the whole feed around its items."""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><rss {NAMESPACES}><channel>'
        f"<title>{cdata(truth.title)}</title><description>{cdata(truth.tagline)}</description>"
        f"<link>{truth.home_url}</link><generator>Substack</generator>"
        f"<lastBuildDate>{changed}</lastBuildDate>"
        f'<atom:link href="{truth.home_url}/feed" rel="self" type="application/rss+xml"/>'
        f"<copyright>{cdata(truth.author)}</copyright><language>{cdata('en')}</language>"
        f"<itunes:author>{cdata(truth.author)}</itunes:author>{items}</channel></rss>"
    )


@lru_cache(maxsize=1024)
def item(listing: Listing, _truth: FeedTruth) -> str:
    """Return an item; the subtitle is escaped within its CDATA, so in effect twice."""
    post = listing.post
    return (
        f"<item><title>{cdata(post.truth.title)}</title>"
        f"<description>{cdata(_typographic(html.escape(post.subtitle)))}</description>"
        f"<link>{post.truth.url}</link>"
        f'<guid isPermaLink="false">{post.truth.guid}</guid>'
        f"<dc:creator>{cdata(post.author)}</dc:creator>"
        f"<pubDate>{rss_date(post.truth.published_at)}</pubDate>"
        f'<enclosure url="{_image_url(post.cover.name, 0)}" length="0" type="image/jpeg"/>'
        f"<content:encoded>{cdata(body(post, is_revised=listing.is_revised))}</content:encoded>"
        "</item>"
    )


def body(post: Post, *, is_revised: bool = False) -> str:
    """Return the HTML of a post."""
    blocks = post.revised_body if is_revised and post.revised_body else post.body
    return _typographic(render_blocks(blocks, RENDERERS))


def _typographic(text: str) -> str:
    return text.translate(TYPOGRAPHY)


def _paragraph(block: Paragraph) -> str:
    return PLAIN[Paragraph](block).replace("<p>", '<p style="text-align: justify;">', 1)


def _bullets(block: Bullets) -> str:
    tag = "ol" if block.is_ordered else "ul"
    return f"<{tag}>{''.join(map(_item, block.items))}</{tag}>"


def _item(each: Item) -> str:
    return f"<li><p>{inline(each.text)}</p>{texts_as_list(each.items)}</li>"


def _image_url(name: str, width: int) -> str:
    file = f"https://substack-post-media.s3.amazonaws.com/public/images/{name}_1456x900.png"
    size = f"w_{width},c_limit," if width else ""
    sign = f"$s_!{name[:4]}!"
    return f"https://substackcdn.com/image/fetch/{sign},{size}f_auto,q_auto:good/{quote(file, '')}"


def _picture(block: Picture) -> str:
    sources = ", ".join(f"{_image_url(block.name, width)} {width}w" for width in WIDTHS)
    facts = {"src": _image_url(block.name, 0), "width": 1456, "height": 900, "alt": block.alt}
    target = block.link_url or _image_url(block.name, 0)
    caption = (
        f'<figcaption class="image-caption">{inline(block.caption)}</figcaption>'
        if block.caption
        else ""
    )
    return (
        '<div class="captioned-image-container"><figure>'
        f'<a class="image-link image2 is-viewable-img" target="_blank" href="{target}"'
        ' data-component-name="Image2ToDOM"><div class="image2-inset"><picture>'
        f'<source type="image/webp" srcset="{sources}" sizes="100vw">'
        f'<img src="{_image_url(block.name, 1456)}" width="1456" height="900"'
        f' data-attrs="{attribute(json.dumps(facts))}" class="sizing-normal"'
        f' alt="{attribute(block.alt)}" srcset="{sources}" sizes="100vw" loading="lazy">'
        f'</picture><div class="image-link-expand">{EXPAND_ICON}</div></div></a>'
        f"{caption}</figure></div>"
    )


def _rule(_: Rule) -> str:
    return "<div><hr></div>"


def _button(text: str, url: str) -> str:
    facts = attribute(json.dumps({"url": url, "text": text, "action": None, "class": None}))
    return (
        f'<p class="button-wrapper" data-attrs="{facts}"'
        ' data-component-name="ButtonCreateButton">'
        f'<a class="button primary" href="{url}"><span>{inline(text)}</span></a></p>'
    )


def _subscribe_box(block: SubscribeBox) -> str:
    return (
        '<div class="subscription-widget-wrap-editor"'
        ' data-component-name="SubscribeWidgetToDOM"><div class="subscription-widget">'
        f'<div class="preamble"><p class="cta-caption">{inline(block.text)}</p></div>'
        '<form class="subscription-widget-subscribe"><input type="email" class="email-input"'
        ' name="email" placeholder="Type your email…" tabindex="-1">'
        '<input type="submit" class="button primary" value="Subscribe"></form></div></div>'
    )


def _read_more(block: ReadMore) -> str:
    return (
        "\n      <p>\n          "
        f'<a href="{block.url}">\n              Read more\n          </a>\n      </p>\n   '
    )


def _advert(block: Advert) -> str:
    placement = block.placement
    label = f" {placement.label_text}" if placement.label_text else ""
    words = inline(placement.headline + label)
    if block.is_bold:
        words = f"<strong>{words}</strong>"
    picture = Picture(name=block.picture.name, alt="", link_url=placement.landing_url)
    texts = "".join(f"<p>{inline(text)}</p>" for text in block.paragraphs)
    return (
        f'<h2><a href="{placement.landing_url}">{words}</a></h2>{_picture(picture)}{texts}'
        f"{texts_as_list(block.bullets)}{_button(block.cta, block.cta_url)}<div><hr></div>"
    )


def _promotion(block: Promotion) -> str:
    url = block.promotion.landing_url
    words = inline(block.promotion.heading or "")
    if block.promotion.position == "top":
        words = f'<a href="{url}">{words}</a>'
    heading = f"<h2>{words}</h2>" if words else ""
    texts = "".join(f"<p>{inline(text)}</p>" for text in block.paragraphs)
    button = _button(block.cta, url)
    return f"{heading}{texts}{button}{_picture(block.picture)}{texts_as_list(block.bullets)}"


RENDERERS: Renderers = {
    **PLAIN,
    Paragraph: _paragraph,
    Bullets: _bullets,
    Picture: _picture,
    Rule: _rule,
    SubscribeBox: _subscribe_box,
    ReadMore: _read_more,
    Advert: _advert,
    Promotion: _promotion,
}
