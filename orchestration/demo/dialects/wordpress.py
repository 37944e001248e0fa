"""A company blog as WordPress has it: excerpt and content, categories, tracked links."""

import html
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
from orchestration.demo.newsroom.blocks import Code, Heading, Paragraph, Picture
from orchestration.demo.newsroom.desk import Post
from orchestration.demo.newsroom.truth import FeedTruth
from orchestration.demo.newsroom.windows import Listing

NAMESPACES = (
    'version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    ' xmlns:wfw="http://wellformedweb.org/CommentAPI/"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom"'
    ' xmlns:sy="http://purl.org/rss/1.0/modules/syndication/"'
    ' xmlns:slash="http://purl.org/rss/1.0/modules/slash/"'
)
EXCERPT_WORDS = 45
UPLOADS = "https://i0.wp.com/wp-content/uploads"
"""The platform's picture cache."""


def channel(truth: FeedTruth, changed: str, items: str) -> str:
    """Return the whole feed around its items."""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><rss {NAMESPACES}>\n<channel>\n'
        f"\t{element('title', truth.title)}\n"
        f'\t<atom:link href="{truth.home_url}/feed/" rel="self" type="application/rss+xml" />\n'
        f"\t<link>{truth.home_url}/</link>\n\t{element('description', truth.tagline)}\n"
        f"\t<lastBuildDate>{changed}</lastBuildDate>\n\t<language>en-US</language>\n"
        "\t<sy:updatePeriod>hourly</sy:updatePeriod>\n"
        f"\t<generator>https://wordpress.org/?v=6.5.4</generator>\n{items}</channel>\n</rss>\n"
    )


@lru_cache(maxsize=1024)
def item(listing: Listing, truth: FeedTruth) -> str:
    """Return an item; a repeated one has the same guid under another tracked link."""
    post = listing.post
    slug = post.truth.url.rstrip("/").rsplit("/", 1)[-1]
    tracked = f"{post.truth.url}?utm_source=rss&utm_medium=rss&utm_campaign={slug}"
    link = post.repeat_url if listing.is_repeat and post.repeat_url else tracked
    categories = "".join(f"\t\t<category>{cdata(each)}</category>\n" for each in post.categories)
    return (
        f"\t<item>\n\t\t{element('title', post.truth.title)}\n\t\t{element('link', link)}\n"
        f"\t\t<comments>{post.truth.url}#respond</comments>\n"
        f"\t\t<dc:creator>{cdata(post.author)}</dc:creator>\n"
        f"\t\t<pubDate>{_numeric_zone(post)}</pubDate>\n{categories}"
        f'\t\t<guid isPermaLink="false">{html.escape(post.truth.guid)}</guid>\n'
        f"\t\t<description>{cdata(_excerpt(post, truth))}</description>\n"
        f"\t\t<content:encoded>{cdata(body(post))}</content:encoded>\n"
        "\t\t<slash:comments>0</slash:comments>\n\t</item>\n"
    )


def body(post: Post) -> str:
    """Return the HTML of a post."""
    return render_blocks(post.body, RENDERERS, "\n\n\n\n")


def _numeric_zone(post: Post) -> str:
    return rss_date(post.truth.published_at).replace("GMT", "+0000")


def _excerpt(post: Post, truth: FeedTruth) -> str:
    first = next(block for block in post.body if isinstance(block, Paragraph))
    words = first.text.split()[:EXCERPT_WORDS]
    return (
        f"<p>{inline(' '.join(words))} [&#8230;]</p>\n"
        f'<p>The post <a href="{post.truth.url}">{inline(post.truth.title)}</a> appeared first'
        f' on <a href="{truth.home_url}">{inline(truth.title)}</a>.</p>\n'
    )


def _heading(block: Heading) -> str:
    return f'<h{block.level} class="wp-block-heading">{inline(block.text)}</h{block.level}>'


def _picture(block: Picture) -> str:
    caption = (
        f'<figcaption class="wp-element-caption">{inline(block.caption)}</figcaption>'
        if block.caption
        else ""
    )
    source = f"{UPLOADS}/{block.name}-1024x640.png"
    return (
        '<figure class="wp-block-image size-large"><img decoding="async" width="1024"'
        f' height="640" src="{source}" alt="{attribute(block.alt)}" />{caption}</figure>'
    )


def _code(block: Code) -> str:
    return f'<pre class="wp-block-code"><code>{html.escape(block.text, quote=False)}</code></pre>'


RENDERERS: Renderers = {**PLAIN, Heading: _heading, Picture: _picture, Code: _code}
