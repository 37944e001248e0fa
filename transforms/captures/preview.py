"""Text of feed-preview pages to entries."""

import hashlib
from collections.abc import Sequence
from datetime import tzinfo

from transforms.blocks import Block
from transforms.captures.bodies import Unit, read_units, to_block, usual_gap
from transforms.captures.bylines import find_authors
from transforms.captures.headings import is_labelled, mark_headings, writes_sentences
from transforms.captures.posts import Post, PreviewPage, split_posts
from transforms.captures.rules import CaptureRules, HeadingRules, matches
from transforms.captures.stamps import utc_of
from transforms.document import Entry, EntryTrouble, ParsedFeed

FORMAT = "preview-text"
# Advertising copy whose end nothing shows is looked through so far for its last call to action.
MAX_COPY_UNITS = 14
# So many words above the first post are more than a page's head: the end of a post cut off.
MIN_LOST_WORDS = 150


def parse_preview(lines: Sequence[str], zone: tzinfo, zone_rule: str, rules: CaptureRules) -> ParsedFeed:
    """Return the posts of a preview page; `zone` is that of times without one."""
    page = split_posts(lines, rules)
    bodies = [read_units(lines, post.start, post.end, rules) for post in page.posts]
    usual = usual_gap([unit for body in bodies for unit in body[1:]])
    titled = [body for body, post in zip(bodies, page.posts, strict=True) if post.is_titled]
    is_sentence_style = writes_sentences(titled, rules.headings, usual)
    entries = tuple(
        _entry(number, post, _shaped(body, post, rules.headings, usual, is_sentence_style), zone, zone_rule, rules)
        for number, (post, body) in enumerate(zip(page.posts, bodies, strict=True), start=1)
    )
    return ParsedFeed(format=FORMAT, title=page.title, entries=entries, troubles=_troubles(page))


def entry_hash(*parts: str | None) -> str:
    """Return SHA-256 over an entry's own words, blind to line ends and spacing."""
    words = "\n".join(" ".join((part or "").split()) for part in parts)
    return hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()


def _shaped(
    units: list[Unit], post: Post, rules: HeadingRules, usual: int, is_sentence_style: bool  # noqa: FBT001
) -> list[Unit]:
    """Return a post's units with headings and rules; a page without titles kept no headings."""
    if post.is_titled:
        units = mark_headings(units, rules, usual=usual, is_sentence_style=is_sentence_style)
    return _with_rules(units, rules, usual)


def _with_rules(units: list[Unit], rules: HeadingRules, usual: int) -> list[Unit]:
    """Return the units with a rule wherever the page left more space than usual.

    A preview page shows a line across the page as one more blank line.
    """
    done: list[Unit] = []
    copy_end = -1
    for place, unit in enumerate(units):
        if place and unit.gap > max(usual, 1) and unit.kind != "rule" and done[-1].kind != "rule":
            done.append(Unit("rule", "", unit.gap))
        done.append(unit)
        if unit.kind == "heading" and is_labelled(unit, rules):
            copy_end = _end_of_copy(units, place, rules, usual)
        if place == copy_end:
            done.append(Unit("rule", "", usual))
    return done


def _end_of_copy(units: Sequence[Unit], start: int, rules: HeadingRules, usual: int) -> int:
    """Return the place of the last call to action of labelled copy, -1 where a rule shows its end."""
    last = -1
    for place in range(start + 1, min(len(units), start + 1 + MAX_COPY_UNITS)):
        unit = units[place]
        if unit.kind == "rule" or unit.gap > max(usual, 1):
            return -1
        if unit.kind == "heading" or last not in (-1, place - 1):
            break
        if unit.kind == "paragraph" and matches(rules.calls_to_action, unit.text):
            last = place
    return last


def _entry(
    number: int, post: Post, units: Sequence[Unit], zone: tzinfo, zone_rule: str, rules: CaptureRules
) -> Entry:
    blocks = blocks_of(units)
    has_zone = post.stamp.moment is not None and post.stamp.moment.tzinfo is not None
    if post.stamp.moment is None:
        rule = f"{FORMAT} day or month unclear"
    else:
        rule = FORMAT if has_zone else f"{FORMAT}{zone_rule}"
    closing = next((found for block in blocks[-3:] if (found := matches(rules.blog.closings, block.text))), None)
    return Entry(
        number=number,
        title=post.title,
        authors=find_authors([block.text for block in blocks], rules.blog),
        published_raw=post.stamp.raw,
        published_at=utc_of(post.stamp, zone),
        published_rule=rule,
        publication=closing["publication"] if closing else None,
        blocks=blocks,
        entry_hash=entry_hash(post.title, post.stamp.raw, *(block.text for block in blocks)),
    )


def blocks_of(units: Sequence[Unit]) -> tuple[Block, ...]:
    """Return the blocks of units, list items as deep as their indent says."""
    depths = sorted({unit.indent for unit in units if unit.kind == "list_item"})
    return tuple(to_block(unit, depths) for unit in units)


def _troubles(page: PreviewPage) -> tuple[EntryTrouble, ...]:
    lost = sum(len(line.split()) for line in page.opening)
    if not page.posts:
        detail = "no post was found: none begins with a line that holds its time; check the format"
        return (EntryTrouble(number=0, reason="no_posts", detail=detail),)
    if lost < MIN_LOST_WORDS:
        return ()
    detail = f"{lost} words stand above the first post's time; the capture may begin within a post"
    return (EntryTrouble(number=0, reason="unread_text", detail=detail),)
