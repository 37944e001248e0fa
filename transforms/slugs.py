"""Slugs: names as stable identifiers."""

import re
import unicodedata

# What a name has of its site's address: Courier and Courier.com are one.
_TOP_LEVEL = re.compile(
    r"(?<=\w\w)\.(?:ai|app|cloud|co|com|dev|io|net|org|sh|so|tech)$", re.IGNORECASE
)


def slug_of(name: str) -> str:
    """Return a name as lower-case ASCII words parted by hyphens: `QA Wolf` is `qa-wolf`.

    A name without any such letter (Chinese, say) keeps its own letters.
    """
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return _hyphenated(plain) or _hyphenated(name.casefold())


def company_slug(name: str) -> str:
    """Return the id of a company that no lexicon knows, however its name is spelled.

    Campaign slugs and domains write names without spaces: `Heilmann Software`, `HeilmannSoftware`
    and `heilmannsoftware.com` are one.
    """
    return slug_of(_TOP_LEVEL.sub("", name)).replace("-", "")


def _hyphenated(text: str) -> str:
    return re.sub(r"[\W_]+", "-", text.casefold()).strip("-")
