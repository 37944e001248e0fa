"""How far the words of a block are those of the text around it: an advert shares few of them."""

from collections.abc import Sequence

from transforms.blocks import Block
from transforms.captures.cohesion import read_words

# So near stand the other lines of an advert: what only they share ties nothing to the article.
REACH = 10
# A text of fewer telling words has too few to be tied to.
MIN_TEXT_WORDS = 250
# A line with fewer telling words says little of what it belongs to.
FULL_WORDS = 12


def strangeness(blocks: Sequence[Block]) -> tuple[float, ...]:
    """Return for each block how much less than usual its words are found further off, -1 to 1.

    0 is as usual in this text, above it rather foreign to it. Short lines are near 0, and so is
    all of a short text.
    """
    words = [frozenset(read_words(block.text)) for block in blocks]
    first: dict[str, int] = {}
    last: dict[str, int] = {}
    for place, own in enumerate(words):
        for word in own:
            first.setdefault(word, place)
            last[word] = place
    tied = [
        sum(first[word] < place - REACH or last[word] > place + REACH for word in own)
        for place, own in enumerate(words)
    ]
    total = sum(map(len, words))
    if total < MIN_TEXT_WORDS:
        return (0.0,) * len(blocks)
    usual = sum(tied) / total
    return tuple(
        (usual - count / len(own)) * min(1.0, len(own) / FULL_WORDS) if own else 0.0
        for count, own in zip(tied, words, strict=True)
    )
