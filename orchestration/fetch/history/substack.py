"""Substack: the list of all posts, then each post, then whoever the chain of posts names."""

from collections.abc import Iterable
from typing import ClassVar
from urllib.parse import quote

from orchestration.fetch.history.sites import origin_of
from orchestration.fetch.history.source import Ask, Finding, Request
from orchestration.registry import FeedEntry
from transforms.listings import ListedPage, distinct_pages
from transforms.substack_api import SubstackPost, parse_archive_page, read_post

PAGE_POSTS = 12
"""What Substack's own pages ask for; more than 50 is answered with HTTP 400."""
EMPTY_PAGES_AT_END = 2
"""One page can come empty or repeated in the middle; two in a row are the end."""
MAX_PAGES = 2_000


class SubstackArchive:
    """The archive and post API of a publication on Substack, on its own domain or not."""

    name: ClassVar[str] = "substack"
    platforms: ClassVar[frozenset[str]] = frozenset({"substack"})
    spacing_seconds: ClassVar[float] = 2.0
    estimate: ClassVar[str] = "exactly"

    def walk(self, feed: FeedEntry, ask: Ask, /) -> Finding:
        """Ask for the list, newest first, and for every post; the chain finds unlisted ones."""
        origin = origin_of(feed.url or "")
        listed = self._list(origin, ask)
        if listed is None:
            return Finding(is_available=False)
        slugs = [page.slug for page in listed if page.slug]
        pages = len(listed) // PAGE_POSTS + EMPTY_PAGES_AT_END
        ask.expect(len(slugs) + pages)
        posts = self._posts(origin, slugs, ask)
        found = [_listed(post) for post in posts.values()]
        missing = [page.url for page in listed if page.slug not in posts]
        proofs = ["paging_end"] if listed else []
        if is_chain(posts.values()):
            proofs.append("slug_chain")
        return Finding(
            listed=distinct_pages([*listed, *found]), proofs=tuple(proofs), missing=tuple(missing)
        )

    def _list(self, origin: str, ask: Ask) -> list[ListedPage] | None:
        """Return all posts of the archive; None where there is no archive.

        Posts published while we read move all others down, so that pages overlap; a page that
        is short moves on by what it had, not by what was asked for.
        """
        pages: dict[str, ListedPage] = {}
        offset = empty_count = 0
        for _ in range(MAX_PAGES):
            reply = ask(_list_request(origin, offset))
            if reply is None:
                return list(pages.values()) if pages else None
            shown = parse_archive_page(reply.body, origin) or ()
            fresh = [page for page in shown if page.url not in pages]
            pages.update((page.url, page) for page in fresh)
            empty_count = 0 if fresh else empty_count + 1
            if empty_count >= EMPTY_PAGES_AT_END:
                break
            offset += len(shown) or PAGE_POSTS
        return list(pages.values())

    def _posts(self, origin: str, slugs: Iterable[str], ask: Ask) -> dict[str, SubstackPost]:
        posts: dict[str, SubstackPost] = {}
        asked: set[str] = set()
        pending = list(slugs)
        while pending:
            slug = pending.pop(0)
            if slug in asked:
                continue
            asked.add(slug)
            reply = ask(_post_request(origin, slug))
            post = read_post(reply.body, origin) if reply else None
            if post is None:
                continue
            posts[post.slug] = post
            neighbours = (post.previous_slug, post.next_slug)
            pending.extend(each for each in neighbours if each and each not in asked)
        return posts


def is_chain(posts: Iterable[SubstackPost]) -> bool:
    """Tell whether posts are one chain from the first to the last, each naming its neighbours."""
    by_slug = {post.slug: post for post in posts}
    newest = [post for post in by_slug.values() if post.next_slug is None]
    if len(newest) != 1:
        return False
    post: SubstackPost | None = newest[0]
    seen: set[str] = set()
    while post is not None and post.slug not in seen:
        seen.add(post.slug)
        if post.previous_slug is None:
            return len(seen) == len(by_slug)
        post = by_slug.get(post.previous_slug)
    return False


def _listed(post: SubstackPost) -> ListedPage:
    return ListedPage(url=post.url, title=post.title, slug=post.slug)


def _list_request(origin: str, offset: int) -> Request:
    return Request(
        url=f"{origin}/api/v1/archive?sort=new&search=&offset={offset}&limit={PAGE_POSTS}",
        is_wanted=lambda body: parse_archive_page(body, "") is not None,
        format="substack-archive",
        is_list=True,
    )


def _post_request(origin: str, slug: str) -> Request:
    return Request(
        url=f"{origin}/api/v1/posts/{quote(slug, safe='')}",
        is_wanted=lambda body: read_post(body) is not None,
        format="substack-post",
        is_lasting=True,
    )
