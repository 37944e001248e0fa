"""Text of other people on our page: titles, copy and addresses can inject nothing.

Streamlit reads most strings as Markdown, spreadsheets read cells as formulas, browsers run
`javascript:` addresses. What a feed wrote goes through here first.
"""

import re
from typing import Any
from urllib.parse import urlsplit

import numpy as np
import pandas as pd

_PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
"""What makes a spreadsheet read a cell as a formula (OWASP, CSV injection)."""
_URL_COLUMN = re.compile(r"(^|_)url$")


def plain(text: str | None) -> str:
    """Return text as Markdown that shows it as it is: no picture, link, colour or formula.

    A backslash takes its meaning from every ASCII punctuation mark (CommonMark 0.31, 2.4);
    line ends become blanks, for a heading or a list may begin only on a line of its own.
    """
    return _PUNCTUATION.sub(r"\\\1", " ".join((text or "").split()))


def web_address(url: object) -> str | None:
    """Return an address that a browser may follow: http or https with a host, else None.

    What a frame holds for nothing is no address either.
    """
    if not isinstance(url, str):
        return None
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return None
    is_web = parts.scheme.lower() in {"http", "https"} and bool(parts.hostname)
    return url.strip() if is_web and not any(map(str.isspace, url.strip())) else None


def with_web_addresses(frame: pd.DataFrame) -> pd.DataFrame:
    """Return a frame whose `url` and `…_url` columns hold web addresses or nothing."""
    columns = [name for name in frame.columns if _URL_COLUMN.search(name)]
    safe = {name: frame[name].map(web_address, na_action="ignore") for name in columns}
    return frame.assign(**safe)


def csv_bytes(frame: pd.DataFrame) -> bytes:
    """Return a frame as CSV in UTF-8 that no spreadsheet runs: such cells begin with a quote.

    The byte order mark tells Excel that it is UTF-8.
    """
    held = frame.copy(deep=False)
    for name in held.columns:
        if not pd.api.types.is_numeric_dtype(held[name]):
            held[name] = held[name].map(_defused, na_action="ignore")
    held.columns = [_defused(name) for name in held.columns]
    return held.to_csv(index=False, lineterminator="\n").encode("utf-8-sig")


def _defused(cell: Any) -> Any:
    """Return a cell as a spreadsheet may have it; lists become one text."""
    if isinstance(cell, list | tuple | np.ndarray):
        cell = "; ".join(map(str, cell))
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA_STARTS) else cell
