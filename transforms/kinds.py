"""What kind of thing an article is, and the number of a newsletter's issue."""

import re
from collections import Counter
from collections.abc import Sequence

from transforms.lexicons import Lexicons
from transforms.lexicons.kind_lexicon import KindLexicon

_ISSUE_NUMBER = re.compile(
    r"(?:^|[\s(\[])(?:EP|Episode|Issue|No\.?|Edition|Vol\.?|Volume|Newsletter|Weekly|Digest|Roundup)"
    r"\s*[-#:№]?\s*(\d{1,5})\b|(?:^|[\s(\[:|–—-])#(\d{1,5})\b|^(\d{1,4})\s*[:|–—]\s",
    re.IGNORECASE,
)
_NOT_AN_ISSUE = re.compile(
    r"\b(?:part|pull request|PR|bug|ticket|issue tracker)\s*#?\d", re.IGNORECASE
)
# "EP216: …", "Issue 12", "JavaScript Weekly #581", "Some Name 2016-02-03": the title of an issue,
# not of an article.
_DIGEST_NUMBER = re.compile(
    r"^\s*(?:EP|Issue|Weekly|Newsletter|Digest)\s*#?\s*\d{1,5}\b|"
    r"\b(?:weekly|brief|issue|digest|newsletter)\b\W{0,3}#?\d{1,5}\s*$|"
    r"^[^:?!]{3,40}\s#\d{1,5}\s*$|\s\d{4}-\d{2}-\d{2}\s*$",
    re.IGNORECASE,
)
# "First story 💬, second story 💼, third story 🔍"
_PICTURED_ITEM = re.compile(r"[\u2600-\u27bf\U0001f300-\U0001faff]\ufe0f?\s*(?:,|\||$)")
_TURN = re.compile(
    r"^(?P<speaker>Q|A|[A-Z][\w.’'-]+(?: [A-Z][\w.’'-]+){0,2})\s*:\s+\S", re.MULTILINE
)
_ANNOUNCED = re.compile(
    r"\bIn this (?:article|post|issue|edition|newsletter|guide),? (?:we|you|I)\b|"
    r"\bwe(?:['’]ll| will) (?:also )?"
    r"(?:look|explore|understand|cover|walk|learn|examine|discuss)",
    re.IGNORECASE,
)
_READ_MORE = re.compile(
    r"(?:^|\n)\s*(?:Read more|Continue reading|Keep reading|Subscribe to read)\s*\W*\s*$",
    re.IGNORECASE,
)
_LIST_OPENING = re.compile(
    r"(?:refresher|in this issue|this week|this edition|topics?|contents|agenda)[^\n]{0,40}:\s*$",
    re.IGNORECASE,
)
_BULLET = re.compile(r"^\s*(?:[•*–-]|\d{1,2}[.)])\s+")

# An interview has at least so many answers of one speaker; a digest announces at least so many
# items.
LEAST_TURNS = 3
LEAST_ITEMS = 3
LEAST_SPOKEN_SHARE = 0.1  # of the lines
# Where interviews and digests say what they are, and where a cut text ends.
OPENING_CHARS = 1500
DIGEST_OPENING_CHARS = 600
READ_MORE_CHARS = 200
LIST_CHARS = 4000
# No real title is longer; a hostile one must not feed its length to the patterns.
TITLE_CHARS = 300
# The free opening of a paid guide is short: longer texts that only announce are whole articles.
LONGEST_OPENING_WORDS = 420
# Enrolments and sales are short; a long text with the same words tells a story.
LONGEST_PROMO_WORDS = 450
SHORTEST_DEEP_DIVE_WORDS = 350
# An article of so many parts explains; so does a long one whose authors say "we" and "our" so
# often in a hundred words.
LEAST_HEADINGS = 5
SHORTEST_TOLD_WORDS = 600
LEAST_WE_PERCENT = 0.6
SHORT_PROMO_WORDS = 120


def read_issue_number(title: str | None) -> int | None:
    """Return the number of an issue by its title ("EP216: …", "Issue #12", "… #745"), or None."""
    title = (title or "")[:TITLE_CHARS]
    if _NOT_AN_ISSUE.search(title):
        return None
    match = _ISSUE_NUMBER.search(title)
    if match is None:
        return None
    return next(int(number) for number in match.groups() if number)


def is_cut_at_announcement(text: str, word_count: int) -> bool:
    """Return whether a text is the free opening of a paid article: it announces, and ends.

    Captures without markup lose the "Read more" link that shows the cut in the feed.
    """
    if word_count > LONGEST_OPENING_WORDS or not text.strip():
        return False
    if _READ_MORE.search(text[-READ_MORE_CHARS:]):
        return True
    last = text.strip().splitlines()[-2:]
    return any(_ANNOUNCED.search(line) for line in last)


def read_digest_items(text: str) -> tuple[str, ...]:
    """Return the list of items that a digest opens with, () without one.

    Items end at the first line of prose: they are short, and carry no full stop.
    """
    lines = [line.strip() for line in text[:LIST_CHARS].splitlines() if line.strip()]
    for number, line in enumerate(lines[:6]):
        if _LIST_OPENING.search(line):
            items: list[str] = []
            for item in lines[number + 1 :]:
                bare = _BULLET.sub("", item)
                if len(bare.split()) > 14 or bare.endswith((".", ":")) or bare in items:
                    break
                items.append(bare)
            return tuple(items) if len(items) >= LEAST_ITEMS else ()
    return ()


def classify_kind(
    title: str | None,
    text: str,
    lexicons: Lexicons,
    *,
    is_paywalled: bool,
    word_count: int,
    headings: Sequence[str] = (),
    item_headings: Sequence[str] = (),
    house_word_count: int = 0,
) -> str:
    """Return deep_dive, digest, preview, promo, interview or other.

    `text` and `word_count` are editorial; `item_headings` are the headings of sections that are a
    digest's items, and `house_word_count` the words of the publisher's own promotions in the
    issue.
    """
    words, title = lexicons.kinds, (title or "")[:TITLE_CHARS]
    if _is_digest(title, text, item_headings, words):
        return "digest"
    if is_paywalled:
        return "preview"
    if _is_interview(title, text, words):
        return "interview"
    if _is_promo(title, text, word_count, house_word_count, words):
        return "promo"
    return "deep_dive" if _is_deep_dive(title, text, word_count, headings, words) else "other"


def _is_digest(title: str, text: str, item_headings: Sequence[str], words: KindLexicon) -> bool:
    if _DIGEST_NUMBER.search(title) or _names(title, words.titles["digest"]):
        return True
    if len(_PICTURED_ITEM.findall(title)) >= LEAST_ITEMS:
        return True
    if len(item_headings) >= LEAST_ITEMS or len(read_digest_items(text)) >= LEAST_ITEMS:
        return True
    return bool(_count(text[:DIGEST_OPENING_CHARS], words.texts["digest"]))


def _is_interview(title: str, text: str, words: KindLexicon) -> bool:
    if _names(title, words.titles["interview"]):
        return True
    turns = Counter(
        match["speaker"]
        for match in _TURN.finditer(text)
        if match["speaker"].split()[0].lower() not in words.not_speakers
    )
    lines = max(1, text.count("\n") + 1)
    spoken = sum(count for count in turns.values() if count >= LEAST_TURNS)
    is_dialogue = spoken >= LEAST_TURNS and spoken / lines > LEAST_SPOKEN_SHARE
    return is_dialogue or bool(_count(text[:OPENING_CHARS], words.texts["interview"]))


def _is_promo(
    title: str, text: str, word_count: int, house_word_count: int, words: KindLexicon
) -> bool:
    """Return whether a short text sells: by two different phrases, or by one and its title."""
    if word_count <= SHORT_PROMO_WORDS and house_word_count > word_count:
        return True
    if word_count > LONGEST_PROMO_WORDS:
        return False
    spoken = _count(text, words.texts["promo"], enough=2)
    return spoken >= (1 if _names(title, words.titles["promo"]) else 2)


def _is_deep_dive(
    title: str, text: str, word_count: int, headings: Sequence[str], words: KindLexicon
) -> bool:
    """Return whether an article explains: it says so, has many parts, or tells what "we" did."""
    if word_count < SHORTEST_DEEP_DIVE_WORDS or _names(title, words.titles["news"]):
        return False
    if _names(title, words.titles["recap"]) and _count(text, words.texts["recap"]):
        return False
    if len(headings) >= LEAST_HEADINGS or _count(text, words.texts["explainer"], enough=1):
        return True
    if word_count < SHORTEST_TOLD_WORDS:
        return False
    small = text.lower()
    return (small.count(" we ") + small.count(" our ")) * 100 >= LEAST_WE_PERCENT * word_count


def _names(title: str, phrases: Sequence[str]) -> bool:
    padded = f" {title.lower()} "
    return any(
        re.search(rf"(?<!\w){re.escape(phrase)}(?!\w)", padded)
        for phrase in phrases
        if phrase in padded
    )


def _count(text: str, phrases: Sequence[str], *, enough: int = 99) -> int:
    """Return how many of the phrases a text has, counting no further than is enough."""
    small = text.lower()
    count = 0
    for phrase in phrases:
        count += phrase in small
        if count >= enough:
            break
    return count
