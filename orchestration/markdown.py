"""Markdown for asset pages: tables, and lines drawn of block characters or as a picture."""

import base64
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from html import escape

_BLOCKS = "▁▂▃▄▅▆▇█"
_WIDTH, _HEIGHT, _MARGIN = 560, 120, 18


def table_of(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Return rows as a Markdown table; `none` without any."""
    lines = ["| " + " | ".join(_cell(value) for value in row) + " |" for row in rows]
    if not lines:
        return "none"
    head = "| " + " | ".join(columns) + " |"
    return "\n".join((head, "|" + " --- |" * len(columns), *lines))


def list_of(texts: Iterable[str]) -> str:
    """Return texts as a Markdown list, which wraps better than a table; `none` without any."""
    return "\n".join(f"- {_cell(text)}" for text in texts) or "none"


def sparkline(values: Sequence[float]) -> str:
    """Return numbers as block characters, the highest as a full one."""
    top = max(values, default=0) or 1
    last = len(_BLOCKS) - 1
    return "".join(_BLOCKS[round(max(value, 0) / top * last)] for value in values)


def bar_chart(values: Sequence[tuple[str, float]], unit: str) -> str:
    """Return a picture of bars, the first and last labelled, as Markdown; `none` without any."""
    if not values:
        return "none"
    top = max(value for _, value in values) or 1
    step = _WIDTH / len(values)
    bars = "".join(
        f'<rect x="{number * step + 1:.1f}" y="{_MARGIN + (1 - value / top) * _HEIGHT:.1f}"'
        f' width="{step - 2:.1f}" height="{value / top * _HEIGHT:.1f}"/>'
        for number, (_, value) in enumerate(values)
    )
    bottom = _HEIGHT + 2 * _MARGIN - 4
    words = (
        f'<text x="0" y="12">{top:g} {escape(unit)}</text>'
        f'<text x="0" y="{bottom}">{escape(values[0][0])}</text>'
        f'<text x="{_WIDTH}" y="{bottom}" text-anchor="end">{escape(values[-1][0])}</text>'
    )
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{_WIDTH}" height="{bottom + 4}">'
        f'<g fill="#4f43dd">{bars}</g>'
        f'<g fill="#777" font-family="sans-serif" font-size="12">{words}</g></svg>'
    )
    return f"![{unit}](data:image/svg+xml;base64,{base64.b64encode(svg.encode()).decode()})"


def _cell(value: object) -> str:
    """Return a value in one line of a table; what is in it never ends the cell."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        return f"{value:g}"
    return escape(" ".join(str(value).split()), quote=False).replace("|", "\\|")
