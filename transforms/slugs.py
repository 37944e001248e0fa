"""Slugs: names as stable identifiers."""

import re
import unicodedata


def slug_of(name: str) -> str:
    """Return a name as lower-case ASCII words parted by hyphens: `QA Wolf` is `qa-wolf`.

    A name without any such letter (Chinese, say) keeps its own letters.
    """
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return _hyphenated(plain) or _hyphenated(name.casefold())


def _hyphenated(text: str) -> str:
    return re.sub(r"[\W_]+", "-", text.casefold()).strip("-")
