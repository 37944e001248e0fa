"""A company blog as a Medium publication's feed has it."""

from functools import lru_cache

from orchestration.demo.dialects.markup import (
    PLAIN,
    Renderers,
    attribute,
    cdata,
    inline,
    render_blocks,
    rss_date,
)
from orchestration.demo.newsroom.blocks import Code, Heading, Picture
from orchestration.demo.newsroom.desk import Post, slug_of
from orchestration.demo.newsroom.truth import FeedTruth
from orchestration.demo.newsroom.windows import Listing

NAMESPACES = (
    'xmlns:dc="http://purl.org/dc/elements/1.1/"'
    ' xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    ' xmlns:atom="http://www.w3.org/2005/Atom" version="2.0"'
    ' xmlns:cc="http://cyber.law.harvard.edu/rss/creativeCommonsRssModule.html"'
)
SOURCE = "?source=rss----5a1f27c0d9be---4"
"""Medium adds this to every link of its feeds."""


def channel(truth: FeedTruth, changed: str, items: str) -> str:
    """Return the whole feed around its items."""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><rss {NAMESPACES}><channel>'
        f"<title>{cdata(f'{truth.title} - Medium')}</title>"
        f"<description>{cdata(f'{truth.tagline} - Medium')}</description>"
        f"<link>{truth.home_url}{SOURCE}</link><generator>Medium</generator>"
        f"<lastBuildDate>{changed}</lastBuildDate>"
        f'<atom:link href="https://medium.com/feed/{truth.feed_id}" rel="self"'
        ' type="application/rss+xml"/>'
        f"<webMaster>{cdata('yourfriends@medium.com')}</webMaster>{items}</channel></rss>"
    )


@lru_cache(maxsize=1024)
def item(listing: Listing, truth: FeedTruth) -> str:
    """Return an item; Medium gives no description, only content."""
    post = listing.post
    categories = "".join(f"<category>{cdata(slug_of(each))}</category>" for each in post.categories)
    return (
        f"<item><title>{cdata(post.truth.title)}</title><link>{post.truth.url}{SOURCE}</link>"
        f'<guid isPermaLink="false">{post.truth.guid}</guid>{categories}'
        f"<dc:creator>{cdata(post.author)}</dc:creator>"
        f"<pubDate>{rss_date(post.truth.published_at)}</pubDate>"
        f"<atom:updated>{post.truth.published_at:%Y-%m-%dT%H:%M:%S.000Z}</atom:updated>"
        f"<content:encoded>{cdata(body(post) + _footer(post, truth))}</content:encoded></item>"
    )


def body(post: Post) -> str:
    """Return the HTML of a post without the platform's footer."""
    return render_blocks((post.cover, *post.body), RENDERERS)


def _footer(post: Post, truth: FeedTruth) -> str:
    """Return the counting pixel and the line that names the publication."""
    post_id = post.truth.guid.rsplit("/", 1)[-1]
    pixel = (
        "https://medium.com/_/stat?event=post.clientViewed&amp;referrerSource=full_rss"
        f"&amp;postId={post_id}"
    )
    return (
        f'<img src="{pixel}" width="1" height="1" alt=""><hr>'
        f'<p><a href="{post.truth.url}">{inline(post.truth.title)}</a> was originally published'
        f' in <a href="{truth.home_url}">{inline(truth.title)}</a> on Medium,'
        " where people are continuing the conversation in the margins.</p>"
    )


def _heading(block: Heading) -> str:
    # Medium keeps h1 and h2 for the title; the headings authors set arrive as h3 and h4.
    return f"<h{block.level + 1}>{inline(block.text)}</h{block.level + 1}>"


def _picture(block: Picture) -> str:
    caption = f"<figcaption>{inline(block.caption)}</figcaption>" if block.caption else ""
    source = f"https://cdn-images-1.medium.com/max/1024/1*{block.name[:22]}.png"
    return f'<figure><img alt="{attribute(block.alt)}" src="{source}" />{caption}</figure>'


def _code(block: Code) -> str:
    # Line breaks arrive as <br>, the language not at all.
    lines = "<br>".join(inline(line) for line in block.text.splitlines())
    return f"<pre>{lines}</pre>"


RENDERERS: Renderers = {**PLAIN, Heading: _heading, Picture: _picture, Code: _code}
