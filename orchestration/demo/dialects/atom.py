"""Notes as a static site generator's Atom feed has them."""

import html
from datetime import datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from orchestration.demo.dialects.markup import PLAIN, attribute, cdata, element, render_blocks
from orchestration.demo.newsroom.desk import Post, slug_of
from orchestration.demo.newsroom.truth import FeedTruth
from orchestration.demo.newsroom.windows import Listing


def channel(truth: FeedTruth, changed: str, items: str) -> str:
    """Return the whole feed around its entries."""
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">\n'
        '<generator uri="https://jekyllrb.com/" version="4.3.3">Jekyll</generator>\n'
        f'<link href="{truth.home_url}/atom.xml" rel="self" type="application/atom+xml" />\n'
        f'<link href="{truth.home_url}/" rel="alternate" type="text/html" />\n'
        f"<updated>{changed}</updated>\n<id>{truth.home_url}/atom.xml</id>\n"
        f'<title type="html">{html.escape(truth.title)}</title>\n'
        f"{element('subtitle', truth.tagline)}\n"
        f"<author>{element('name', truth.author)}</author>\n{items}</feed>\n"
    )


@lru_cache(maxsize=1024)
def item(listing: Listing, truth: FeedTruth) -> str:
    """Return an entry; before the site moved to https, id and link were http."""
    post = listing.post
    url = post.truth.url if listing.is_secure else post.truth.url.replace("https://", "http://", 1)
    stamp = local_stamp(post.truth.published_at, truth.timezone)
    categories = "".join(f'<category term="{slug_of(each)}" />' for each in post.categories)
    content = html.escape(body(post), quote=False)
    return (
        f'<entry>\n<title type="html">{html.escape(post.truth.title)}</title>\n'
        f'<link href="{url}" rel="alternate" type="text/html"'
        f' title="{attribute(post.truth.title)}" />\n'
        f"<published>{stamp}</published>\n<updated>{stamp}</updated>\n<id>{url}</id>\n"
        f'<content type="html" xml:base="{url}">{content}</content>\n'
        f"<author>{element('name', post.author)}</author>\n{categories}\n"
        f'<summary type="html">{cdata(post.subtitle)}</summary>\n</entry>\n'
    )


def body(post: Post) -> str:
    """Return the HTML of a post."""
    return render_blocks(post.body, PLAIN, "\n")


def local_stamp(moment: datetime, timezone: str) -> str:
    """Return a moment in the publisher's own zone with its offset, as generators write it."""
    return moment.astimezone(ZoneInfo(timezone)).isoformat(timespec="seconds")
