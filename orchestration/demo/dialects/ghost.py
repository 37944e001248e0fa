"""A letter as Ghost's feed has it: cards, feature images, sponsors under a heading."""

from functools import lru_cache

from orchestration.demo.dialects.markup import (
    PLAIN,
    Renderers,
    attribute,
    cdata,
    element,
    inline,
    render_blocks,
    rss_date,
)
from orchestration.demo.newsroom.blocks import Advert, Picture, SubscribeBox
from orchestration.demo.newsroom.desk import Post
from orchestration.demo.newsroom.truth import FeedTruth
from orchestration.demo.newsroom.windows import Listing

NAMESPACES = (
    'xmlns:dc="http://purl.org/dc/elements/1.1/"'
    ' xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    ' xmlns:atom="http://www.w3.org/2005/Atom" version="2.0"'
    ' xmlns:media="http://search.yahoo.com/mrss/"'
)
STORAGE = "https://storage.ghost.io/c/4d/b1/content/images"
"""Where the hosted platform keeps pictures."""


def channel(truth: FeedTruth, changed: str, items: str) -> str:
    """Return the whole feed around its items."""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><rss {NAMESPACES}><channel>'
        f"<title>{cdata(truth.title)}</title><description>{cdata(truth.tagline)}</description>"
        f"<link>{truth.home_url}/</link><image><url>{truth.home_url}/favicon.png</url>"
        f"{element('title', truth.title)}<link>{truth.home_url}/</link></image>"
        f"<generator>Ghost 5.82</generator><lastBuildDate>{changed}</lastBuildDate>"
        f'<atom:link href="{truth.home_url}/rss/" rel="self" type="application/rss+xml"/>'
        f"<ttl>60</ttl>{items}</channel></rss>"
    )


@lru_cache(maxsize=1024)
def item(listing: Listing, _truth: FeedTruth) -> str:
    """Return an item with its feature image beside the content."""
    post = listing.post
    categories = "".join(f"<category>{cdata(each)}</category>" for each in post.categories)
    image = f"{STORAGE}/size/w1200/{post.cover.name}.png"
    return (
        f"<item><title>{cdata(post.truth.title)}</title>"
        f"<description>{cdata(post.subtitle)}</description><link>{post.truth.url}</link>"
        f'<guid isPermaLink="false">{post.truth.guid}</guid>{categories}'
        f"<dc:creator>{cdata(post.author)}</dc:creator>"
        f"<pubDate>{rss_date(post.truth.published_at)}</pubDate>"
        f'<media:content url="{image}" medium="image"/>'
        f"<content:encoded>{cdata(body(post))}</content:encoded></item>"
    )


def body(post: Post) -> str:
    """Return the HTML of a post."""
    return render_blocks(post.body, RENDERERS)


def _picture(block: Picture) -> str:
    caption = f"<figcaption>{inline(block.caption)}</figcaption>" if block.caption else ""
    source = f"{STORAGE}/{block.name}.png"
    return (
        '<figure class="kg-card kg-image-card"><img class="kg-image" loading="lazy"'
        f' src="{source}" alt="{attribute(block.alt)}" width="1200" height="720">'
        f"{caption}</figure>"
    )


def _subscribe_box(block: SubscribeBox) -> str:
    return (
        '<div class="kg-card kg-signup-card"><div class="kg-signup-card-content">'
        f'<p class="kg-signup-card-subheading">{inline(block.text)}</p>'
        '<form class="kg-signup-card-form" data-members-form="signup">'
        '<input class="kg-signup-card-input" type="email" placeholder="Your email">'
        '<button class="kg-signup-card-button" type="submit">Subscribe</button></form></div></div>'
    )


def _advert(block: Advert) -> str:
    placement = block.placement
    url = attribute(placement.landing_url)
    label = str(placement.label_text).removesuffix(placement.sponsor_name)
    texts = "".join(f"<p>{inline(text)}</p>" for text in block.paragraphs)
    items = "".join(f"<li>{inline(text)}</li>" for text in block.bullets)
    return (
        f'<h2 id="sponsor-{placement.number}">{label}<a href="{url}">'
        f"{inline(placement.sponsor_name)}</a></h2>"
        f'<p><a href="{url}"><strong>{inline(placement.headline)}</strong></a></p>{texts}'
        f"{f'<ul>{items}</ul>' if items else ''}"
        '<div class="kg-card kg-button-card kg-align-center">'
        f'<a href="{url}" class="kg-btn kg-btn-accent">{inline(block.cta)}</a></div>'
    )


RENDERERS: Renderers = {
    **PLAIN,
    Picture: _picture,
    SubscribeBox: _subscribe_box,
    Advert: _advert,
}
