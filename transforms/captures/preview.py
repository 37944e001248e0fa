"""Text of feed-preview pages to entries."""

from collections.abc import Sequence
from datetime import tzinfo

from transforms.captures.bodies import Unit, blocks_of, entry_hash, read_units, usual_gap
from transforms.captures.bylines import find_authors
from transforms.captures.headings import is_labelled, mark_headings, writes_sentences
from transforms.captures.posts import Post, PreviewPage
from transforms.captures.rules import CaptureRules, HeadingRules, matches
from transforms.captures.stamps import utc_of
from transforms.document import Entry, EntryTrouble, ParsedFeed

FORMAT = "preview-text"
# Advertising copy whose end nothing shows is looked through so far for its last call to action.
MAX_COPY_UNITS = 14
# So many words above the first post are more than a page's head: the end of a post cut off.
MIN_LOST_WORDS = 150
# Without a line that is plainly the page's, so many are.
MIN_UNKNOWN_WORDS = 15


def parse_preview(
    lines: Sequence[str], page: PreviewPage, zone: tzinfo, zone_rule: str, rules: CaptureRules
) -> ParsedFeed:
    """Return the posts of a preview page as entries; `zone` is that of times without one."""
    bodies = [read_units(lines, post.start, post.end, rules) for post in page.posts]
    usual = usual_gap([unit for body in bodies for unit in body[1:]])
    titled = [body for body, post in zip(bodies, page.posts, strict=True) if post.is_titled]
    is_sentence_style = writes_sentences(titled, rules.headings, usual)
    entries = tuple(
        _entry(
            number,
            post,
            _shaped(body, post, rules.headings, usual, is_sentence_style),
            zone,
            zone_rule,
            rules,
        )
        for number, (post, body) in enumerate(zip(page.posts, bodies, strict=True), start=1)
    )
    return ParsedFeed(
        format=FORMAT, title=page.title, entries=entries, troubles=_troubles(page, lines)
    )


def _shaped(
    units: list[Unit],
    post: Post,
    rules: HeadingRules,
    usual: int,
    is_sentence_style: bool,  # noqa: FBT001
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
    """Return the place of labelled copy's last call to action, -1 where a rule shows its end."""
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
    number: int,
    post: Post,
    units: Sequence[Unit],
    zone: tzinfo,
    zone_rule: str,
    rules: CaptureRules,
) -> Entry:
    blocks = blocks_of(units)
    has_zone = post.stamp.moment is not None and post.stamp.moment.tzinfo is not None
    rule = FORMAT if has_zone else f"{FORMAT}{zone_rule}"
    if post.stamp.moment is None:
        rule = f"{FORMAT} day or month unclear"
    closing = next(
        (found for block in blocks[-3:] if (found := matches(rules.blog.closings, block.text))),
        None,
    )
    return Entry(
        number=number,
        title=post.title,
        authors=find_authors([block.text for block in blocks], rules.blog),
        published_raw=post.stamp.raw,
        # A day alone is left to the reader of feeds' dates.
        published_at=utc_of(post.stamp, zone) if post.stamp.has_time else None,
        published_rule=rule if post.stamp.has_time else None,
        publication=closing["publication"] if closing else None,
        blocks=blocks,
        entry_hash=entry_hash(post.title, post.stamp.raw, *(block.text for block in blocks)),
    )


def _troubles(page: PreviewPage, lines: Sequence[str]) -> tuple[EntryTrouble, ...]:
    if not page.posts:
        detail = "no post was found: none begins with a line that holds its time; check the format"
        return (EntryTrouble(number=0, reason="no_posts", detail=detail),)
    lost = sum(len(line.split()) for line in lines[: page.start])
    if lost < (MIN_LOST_WORDS if page.chrome_count else MIN_UNKNOWN_WORDS):
        return ()
    detail = f"{lost} words stand above the first post; the capture begins within one"
    return (EntryTrouble(number=0, reason="unread_text", detail=detail),)
