"""Captures of both kinds in one file: blog articles above or below the posts of a preview page."""

from collections.abc import Sequence
from dataclasses import replace

from transforms.captures.blog import find_articles, has_closings, parse_blogs
from transforms.captures.lines import tidy
from transforms.captures.posts import PreviewPage, end_of_post
from transforms.captures.rules import CaptureRules, matches
from transforms.document import ParsedFeed

# The post of a blog's own feed has one closing line, its own; more are other articles.
MIN_OTHER_CLOSINGS = 2


def split_off_blogs(
    lines: Sequence[str], page: PreviewPage, rules: CaptureRules
) -> tuple[PreviewPage, Sequence[str], Sequence[str]]:
    """Return the page without the blog articles around it, and their lines above and below."""
    above = lines[: end_of_post(lines, 0, page.start, rules)]
    above = above if has_closings(above, rules.blog) else []
    last = page.posts[-1]
    end = _end_of_post(lines[last.start : last.end], rules)
    if end is None:
        return page, above, []
    posts = (*page.posts[:-1], replace(last, end=last.start + end))
    return replace(page, posts=posts), above, lines[last.start + end : last.end]


def joined(
    parsed: ParsedFeed, above: Sequence[str], below: Sequence[str], rules: CaptureRules
) -> ParsedFeed:
    """Return a page's entries between those of the blog articles above and below it."""
    parts = [parse_blogs(above, rules).entries, parsed.entries, parse_blogs(below, rules).entries]
    entries = [entry for part in parts for entry in part]
    numbered = tuple(replace(entry, number=number) for number, entry in enumerate(entries, start=1))
    return replace(parsed, entries=numbered, troubles=() if above else parsed.troubles)


def _end_of_post(lines: Sequence[str], rules: CaptureRules) -> int | None:
    closings = [
        place for place, line in enumerate(lines) if matches(rules.blog.closings, tidy(line))
    ]
    if len(closings) < MIN_OTHER_CLOSINGS:
        return None
    first = next(find_articles(lines, rules.blog))
    return first.end
