"""Article bodies set aside while the XML around them is read.

feedparser looks at every character of every text several times, for articles of 30 KB at three
times the cost of all the rest. It is given a mark in a long text's place; the text comes back when
the value is taken. A mark is made of the text itself, so that hashes over marks stay true.
"""

import hashlib
import html
import re
from dataclasses import dataclass, field

# Shorter texts cost less to read than to set aside.
MIN_HELD_CHARS = 300

# Private-use characters, which no feed means anything by.
_MARK = re.compile("\ue0fe([0-9a-f]{32})\ue0ff")


@dataclass(frozen=True, slots=True)
class HeldTexts:
    """Texts by the mark that stands for them."""

    texts: dict[str, str] = field(default_factory=dict)

    def hold(self, text: str) -> str:
        """Return the mark of a text."""
        digest = hashlib.sha256(text.encode("utf-8", "ignore")).hexdigest()[:32]
        self.texts[digest] = text
        return f"\ue0fe{digest}\ue0ff"

    def restore(self, value: str, *, is_xhtml: bool = False) -> str:
        """Return a value with its texts back in place, escaped where the value is XHTML."""
        if "\ue0fe" not in value:
            return value
        return _MARK.sub(lambda mark: self._text(mark, is_xhtml=is_xhtml), value)

    def _text(self, mark: re.Match[str], *, is_xhtml: bool) -> str:
        text = self.texts.get(mark[1])
        if text is None:
            return mark[0]
        return html.escape(text, quote=False) if is_xhtml else text
