"""Frames as text for a page without any script."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from warehouse.dashboard.untrusted import web_address

_URL = "url"
_LINKED = "title"
_SHARE = "share"


class Cell(NamedTuple):
    """What stands in a cell, where it leads, and how it looks: number, date, link or nothing."""

    text: str
    url: str | None
    look: str


class Table(NamedTuple):
    """Headings, each with the look of its column, and rows of cells."""

    headings: list[tuple[str, str]]
    rows: list[list[Cell]]


def table_of(frame: pd.DataFrame) -> Table:
    """Return a frame as text; a `url` becomes the link of the `title` beside it."""
    names = [name for name in frame.columns if name != _URL or _LINKED not in frame.columns]
    looks = {name: _look(name, frame[name]) for name in names}
    rows = [
        [Cell(_text(name, record[name]), _url(name, record), looks[name]) for name in names]
        for record in frame.to_dict(orient="records")
    ]
    return Table([(heading_of(name), looks[name]) for name in names], rows)


def heading_of(name: str) -> str:
    """Return a column's name in words."""
    words = name.removesuffix("_date").replace("_", " ")
    return words[:1].upper() + words[1:]


def _look(name: str, column: pd.Series) -> str:
    if pd.api.types.is_bool_dtype(column):
        return ""
    if pd.api.types.is_numeric_dtype(column):
        return "number"
    if pd.api.types.is_datetime64_any_dtype(column):
        return "date"
    return "link" if name == _LINKED else ""


def _url(name: str, record: Mapping[Any, Any]) -> str | None:
    return web_address(record.get(_URL)) if name == _LINKED else None


def _text(name: str, value: Any) -> str:  # noqa: PLR0911 one line for each kind of value
    if isinstance(value, list | tuple | np.ndarray):
        return ", ".join(map(str, _without_nothing(value)))
    if value is None or pd.isna(value):
        return ""
    if isinstance(value, bool | np.bool_):
        return "yes" if value else "no"
    if isinstance(value, pd.Timestamp):
        return f"{value:%b %Y}" if name == "month_date" else f"{value:%Y-%m-%d}"
    if isinstance(value, float) and name.endswith(_SHARE):
        return f"{value:.0%}"
    if isinstance(value, float):
        return f"{value:,.1f}"
    return f"{value:,}" if isinstance(value, int) else str(value)


def _without_nothing(values: Sequence[Any] | np.ndarray) -> list[Any]:
    return [value for value in values if value is not None]
