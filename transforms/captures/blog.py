"""Blog articles run together to entries."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from transforms.captures.bodies import Unit, blocks_of, entry_hash, read_units
from transforms.captures.boundaries import Stretch, find_boundaries
from transforms.captures.bylines import find_authors
from transforms.captures.lines import tidy
from transforms.captures.rules import BlogRules, CaptureRules, matches
from transforms.document import Entry, EntryTrouble, ParsedFeed

FORMAT = "blog-text"
# Fewer words behind the last closing line are a remnant, not an article.
MIN_REMNANT_WORDS = 25
MAX_DASH_HEADING_WORDS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class BlogArticle:
    """An article: lines[start:end], and what its closing line names."""

    start: int
    end: int
    title: str | None = None
    publication: str | None = None


def parse_blogs(lines: Sequence[str], rules: CaptureRules) -> ParsedFeed:
    """Return the articles of a run-together blog text, undated, in its order."""
    whole = split_closings(lines, rules.blog)
    articles = list(find_articles(whole, rules.blog))
    kept = [
        each for each in articles if each.title or _word_count(whole, each) >= MIN_REMNANT_WORDS
    ]
    entries = tuple(
        _entry(number, article, whole, rules) for number, article in enumerate(kept, start=1)
    )
    troubles = tuple(
        EntryTrouble(
            number=len(entries) + number,
            reason="unread_text",
            detail=f"{_word_count(whole, each)} words stand alone; the capture may be cut there",
        )
        for number, each in enumerate((each for each in articles if each not in kept), start=1)
    )
    return ParsedFeed(format=FORMAT, entries=entries, troubles=troubles)


def has_closings(lines: Sequence[str], rules: BlogRules) -> bool:
    """Tell whether a text holds a line that closes a blog article."""
    return any(matches(rules.closings, tidy(line)) for line in lines if line.strip())


def split_closings(lines: Sequence[str], rules: BlogRules) -> list[str]:
    """Return the lines with articles that are glued to a closing line on lines of their own."""
    whole: list[str] = []
    for line in lines:
        match = rules.closing_end.search(line)
        if match and line[match.end() :].strip():
            whole.extend((line[: match.end()], line[match.end() :].strip()))
        else:
            whole.append(line)
    return whole


def find_articles(lines: Sequence[str], rules: BlogRules) -> Iterator[BlogArticle]:
    """Yield the articles of a text: those that a line closes, and those cut out before them."""
    start = 0
    filled = [place for place, line in enumerate(lines) if line.strip()]
    for place in filled:
        line = tidy(lines[place])
        match = matches(rules.closings, line)
        if match is None and place == filled[-1]:
            match = matches((rules.cut_closing,), line)
        if match:
            closed = match.groupdict()
            yield from _within(
                lines, start, place + 1, closed["title"], closed.get("publication"), rules
            )
            start = place + 1
    if any(line.strip() for line in lines[start:]):
        yield from _within(lines, start, len(lines), None, None, rules)


def _within(
    lines: Sequence[str],
    start: int,
    end: int,
    title: str | None,
    publication: str | None,
    rules: BlogRules,
) -> Iterator[BlogArticle]:
    """Yield the articles between two closing lines; the last of them is the closed one."""
    filled = [place for place in range(start, end) if lines[place].strip()]
    own = filled[:-1] if title else filled
    gaps = [place - before - 1 for before, place in zip([start - 1, *own], own, strict=False)]
    stretch = Stretch(
        lines=tuple(tidy(lines[place]) for place in own),
        gaps=tuple(gaps),
        title=title,
        publication=publication,
    )
    seams = [own[place] for place in find_boundaries(stretch, rules)]
    for first, after in zip([start, *seams], seams, strict=False):
        yield BlogArticle(start=first, end=after)
    yield BlogArticle(
        start=seams[-1] if seams else start, end=end, title=title, publication=publication
    )


def _word_count(lines: Sequence[str], article: BlogArticle) -> int:
    return sum(len(line.split()) for line in lines[article.start : article.end])


def _entry(number: int, article: BlogArticle, lines: Sequence[str], rules: CaptureRules) -> Entry:
    blocks = blocks_of(_with_headings(read_units(lines, article.start, article.end, rules)))
    own = blocks[:-1] if article.title else blocks
    return Entry(
        number=number,
        title=article.title,
        authors=find_authors([block.text for block in own if block.text], rules.blog),
        publication=article.publication,
        blocks=blocks,
        entry_hash=entry_hash(*(block.text for block in blocks)),
    )


def _with_headings(units: list[Unit]) -> list[Unit]:
    """Return the units with lines such as "— Results" as headings, where an article has several.

    A single one may be a caption or who said the words above it.
    """
    headed = [_is_dash_heading(units, place) for place in range(len(units))]
    if sum(headed) < 2:
        return units
    return [
        Unit("heading", unit.text.lstrip("—– "), unit.gap) if is_heading else unit
        for unit, is_heading in zip(units, headed, strict=True)
    ]


def _is_dash_heading(units: Sequence[Unit], place: int) -> bool:
    text = units[place].text
    is_short = len(text.split()) <= MAX_DASH_HEADING_WORDS and not text.endswith(
        (".", ",", ":", ";", "!")
    )
    follows = place + 1 < len(units) and len(units[place + 1].text.split()) > MAX_DASH_HEADING_WORDS
    return text.startswith(("— ", "– ")) and is_short and follows
