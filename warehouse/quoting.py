"""Text, names and values as SQL: for statements that take no parameters, and in their place.

DuckDB's Python client imports pandas to look at a parameter, which takes a second and 34 MB;
what is short and often starts a process goes into the SQL as a literal instead.
"""

from collections.abc import Sequence
from datetime import date, datetime

Value = str | int | float | bool | date | datetime | Sequence[str] | Sequence[int] | None


def quoted_text(text: str) -> str:
    """Return text as a SQL literal."""
    return "'" + text.replace("'", "''") + "'"


def quoted_name(*parts: str) -> str:
    """Return a name, qualified by those before it, as SQL."""
    return ".".join('"' + part.replace('"', '""') + '"' for part in parts)


def quoted_value(value: Value) -> str:
    """Return a value as a SQL literal: text, number, truth value, day, moment, list or NULL."""
    if value is None:
        return "null"
    if isinstance(value, bool | int | float):
        return str(value).lower()
    if isinstance(value, str):
        return quoted_text(value)
    if isinstance(value, datetime):
        return f"timestamptz {quoted_text(value.isoformat(sep=' '))}"
    if isinstance(value, date):
        return f"date {quoted_text(value.isoformat())}"
    return f"[{', '.join(quoted_value(each) for each in value)}]"
