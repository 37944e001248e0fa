"""Results for people and for programs: tables on a terminal, CSV, JSON."""

import csv
import json
import sys
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

Rows = Sequence[Sequence[Any]]

# Numbers are ranged right, so that their digits stand under each other.
_NUMERIC = (int, float)


def print_table(columns: Sequence[str], rows: Rows, *, title: str | None = None) -> None:
    """Print rows as a table; off a terminal plain text of full width, nothing cut."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    is_terminal = sys.stdout.isatty()
    table = Table(
        title=title,
        title_justify="left",
        title_style="bold",
        box=_box(),
        pad_edge=False,
        padding=(0, 1, 0, 0),
    )
    for place, name in enumerate(columns):
        is_number = any(isinstance(row[place], _NUMERIC) for row in rows)
        table.add_column(name, justify="right" if is_number else "left", overflow="fold")
    for row in rows:
        table.add_row(*(Text(cell_text(value)) for value in row))
    console = Console(width=None if is_terminal else 200, soft_wrap=False)
    console.print(table)


def print_csv(columns: Sequence[str], rows: Rows) -> None:
    """Print rows as CSV with a header line; NULL is empty."""
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([["" if value is None else cell_text(value) for value in row] for row in rows])


def print_json(columns: Sequence[str], rows: Rows) -> None:
    """Print rows as a JSON array of objects."""
    records = [dict(zip(columns, row, strict=True)) for row in rows]
    sys.stdout.write(json.dumps(records, indent=1, ensure_ascii=False, default=_plain) + "\n")


def say(line: str = "") -> None:
    """Print one line of plain text."""
    sys.stdout.write(line + "\n")


def cell_text(value: Any) -> str:
    """Return a value as a cell: times to the minute in UTC, lists joined, NULL empty."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    if isinstance(value, float):
        return f"{value:.3f}".rstrip("0").rstrip(".")
    if isinstance(value, list | tuple):
        return ", ".join(cell_text(each) for each in value)
    return str(value)


def _plain(value: Any) -> str:
    return value.isoformat() if isinstance(value, datetime | date) else str(value)


def _box() -> Any:
    from rich import box

    return box.SIMPLE_HEAD


def joined(names: Iterable[str]) -> str:
    """Return names as a list in a sentence."""
    return ", ".join(names)
