"""Pages of feed-preview sites to posts: time lines, the titles above them, the page around them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from statistics import mode

from transforms.captures.lines import tidy
from transforms.captures.rules import CaptureRules, matches
from transforms.captures.stamps import Stamp, find_stamps

# A longer line above a time is the end of the post before it, not a title.
MAX_TITLE_WORDS = 30
MAX_TITLE_LENGTH = 220
# A title may be a sentence with a full stop, but then a short one.
MAX_SENTENCE_TITLE_WORDS = 10
# With blank lines around them, titles are plain to see: times within posts do not unsettle them
# where the first time has a title; a page that begins with a bare time has none, or nearly all.
MIN_TITLED_SHARE = 0.5
MIN_LATER_TITLED_SHARE = 0.9
# One line above many times is how posts end.
MIN_DISTINCT_SHARE = 0.7
# The page between two captures in one file, or below the last post, is not longer.
MAX_CHROME_LINES = 25
# One line that looks like the page's may be a post's.
MIN_CHROME_LINES = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """A post of a preview page: its title, its time, and its lines[start:end]."""

    title: str | None
    stamp: Stamp
    start: int
    end: int
    is_titled: bool
    """True where the page kept titles and headings, so that short lines may be headings."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviewPage:
    """The posts of a capture, and what stands above them."""

    title: str | None
    start: int
    """Line at which the first post begins, the number of lines without posts."""
    chrome_count: int
    """Lines above the first post that are the page's own."""
    posts: tuple[Post, ...]


def is_page(page: PreviewPage, lines: Sequence[str]) -> bool:
    """Tell whether posts make a page: several, or one with little but chrome above it.

    A time alone on a line amid a text (a log, minutes of a meeting) makes no preview page.
    """
    if not page.posts or not any(
        line.strip() for post in page.posts for line in lines[post.start : post.end]
    ):
        return False
    above = sum(bool(line.strip()) for line in lines[: page.start])
    return len(page.posts) > 1 or above <= MAX_CHROME_LINES or page.chrome_count > 0


@dataclass(frozen=True, slots=True)
class _Opener:
    stamp: Stamp
    above: int | None
    title: str | None
    style: tuple[bool, bool]


def split_posts(lines: Sequence[str], rules: CaptureRules) -> PreviewPage:
    """Return the posts of a preview page in its order; no posts where it is no such page.

    Whether lines above times are titles is decided for all times that stand alike: pages
    whose titles were stripped end posts in short lines too, and a title is never guessed.
    """
    openers = _openers(lines, rules)
    starts = [_start_of(opener) for opener in openers] + [len(lines)]
    above = [tidy(line) for line in lines[: starts[0]] if line.strip()] if openers else []
    chrome_count = sum(_is_chrome(line, rules) for line in above)
    # Without a line that is plainly the page's, what stands above is the end of a post.
    head = frozenset(above[-MAX_CHROME_LINES:] if chrome_count else ())
    posts = tuple(
        Post(
            title=opener.title,
            stamp=opener.stamp,
            start=opener.stamp.line + 1,
            end=end_of_post(lines, opener.stamp.line + 1, after, rules, head),
            is_titled=opener.title is not None,
        )
        for opener, after in zip(openers, starts[1:], strict=True)
    )
    return PreviewPage(
        title=_feed_title(above, rules),
        start=starts[0],
        chrome_count=chrome_count,
        posts=posts,
    )


def end_of_post(
    lines: Sequence[str],
    start: int,
    end: int,
    rules: CaptureRules,
    head: frozenset[str] = frozenset(),
) -> int:
    """Return where a post ends: before the page's footer, and before the head of a next page.

    `head` are the lines above the first post, which the next page of the site repeats.
    """
    texts = [(at, tidy(lines[at])) for at in range(start, end) if lines[at].strip()]
    while texts and matches(rules.preview.footer, texts[-1][1]):
        end = texts.pop()[0]
    tail = texts[-MAX_CHROME_LINES:]
    chrome = [(at, text) for at, text in tail if text in head or _is_chrome(text, rules)]
    return chrome[0][0] if len({text for _, text in chrome}) >= MIN_CHROME_LINES else end


def _start_of(opener: _Opener) -> int:
    has_title = opener.title is not None and opener.above is not None
    return opener.above if has_title and opener.above is not None else opener.stamp.line


def _openers(lines: Sequence[str], rules: CaptureRules) -> list[_Opener]:
    candidates = list(_candidates(lines, rules))
    if not candidates:
        return []
    common = mode(candidate.stamp.shape for candidate in candidates)
    by_style: dict[tuple[bool, bool], list[_Opener]] = {}
    for candidate in candidates:
        by_style.setdefault(candidate.style, []).append(candidate)
    is_bare = candidates[0].title is None
    titled = {
        style
        for style, alike in by_style.items()
        if _are_titles(alike, lines, rules, is_bare=is_bare)
    }
    kept: list[_Opener] = []
    for place, candidate in enumerate(candidates):
        if candidate.style in titled:
            # A time without a title is text of the post above it; above the first is none.
            kept += [candidate] if candidate.title or place == 0 else []
        elif candidate.stamp.shape == common or len(by_style[candidate.style]) > 1:
            kept.append(replace(candidate, title=None))
    return [each for each in kept if each.stamp.has_time or each.title]


def _candidates(lines: Sequence[str], rules: CaptureRules) -> Iterator[_Opener]:
    below_last = -1
    for stamp in find_stamps(lines):
        place = stamp.line
        above = next((at for at in range(place - 1, below_last, -1) if lines[at].strip()), None)
        title = tidy(lines[above]) if above is not None else None
        is_title = title is not None and _is_title_like(title, rules)
        has_gap_above = above is not None and (
            above == below_last + 1 or not lines[above - 1].strip()
        )
        has_gap_below = place + 1 < len(lines) and not lines[place + 1].strip()
        below_last = place
        yield _Opener(stamp, above, title if is_title else None, (has_gap_below, has_gap_above))


def _is_title_like(line: str, rules: CaptureRules) -> bool:
    words = line.split()
    if len(words) > MAX_TITLE_WORDS or len(line) > MAX_TITLE_LENGTH:
        return False
    if line.endswith((":", ";", ",")) or line.startswith(("•", "- ", "* ", "http")):
        return False
    if (
        line.endswith((".", "。"))
        and not line.endswith("...")
        and len(words) > MAX_SENTENCE_TITLE_WORDS
    ):
        return False
    if _is_cut_label(line, rules) or matches(rules.headings.references, line):
        return False
    return any(letter.isalpha() for letter in line) and not _is_chrome(line, rules)


def _is_cut_label(line: str, rules: CaptureRules) -> bool:
    return line.casefold().strip(" .…→➝»>:!") in rules.headings.cut_labels


def _are_titles(
    alike: Sequence[_Opener], lines: Sequence[str], rules: CaptureRules, *, is_bare: bool
) -> bool:
    """Tell whether the lines above times that stand alike are titles.

    `is_bare` says that the page's first time has none: the line above each other may then be the
    end of a post.
    """
    below = [
        each
        for each in alike
        if each.above is not None and not _is_chrome(tidy(lines[each.above]), rules)
    ]
    titled = {each.stamp.raw: each.title for each in below if each.title}
    if not titled or len(set(titled.values())) < len(titled) * MIN_DISTINCT_SHARE:
        return False
    if all(each.style == (True, True) for each in alike):
        has_first = alike[0].title and not is_bare
        share = MIN_TITLED_SHARE if has_first else MIN_LATER_TITLED_SHARE
        return len(titled) >= len({each.stamp.raw for each in below}) * share
    # Without blank lines only a page on which every time has a title, the first one too, will do.
    return len(below) == len(alike) and all(each.title for each in alike)


def _is_chrome(line: str, rules: CaptureRules) -> bool:
    return matches(rules.preview.chrome, line) is not None


def _feed_title(above: Sequence[str], rules: CaptureRules) -> str | None:
    for pattern in rules.preview.chrome:
        for line in above:
            match = pattern.search(line)
            if match and match.groupdict().get("title"):
                return match["title"].strip()
    return None
