"""The SQL behind what the page shows: one SELECT a file, its question in the first line."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from warehouse.models import ModelError
from warehouse.quoting import quoted_text

FOLDER = Path(__file__).with_name("sql")
_PARAMETER = re.compile(r"\$([a-z_]+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What an exhibit answers.

    `note` is what a reader should know to read the answer right, as in what counts as paid;
    empty when there is nothing to add.
    """

    name: str
    text: str
    note: str
    sql: str

    @property
    def parameters(self) -> frozenset[str]:
        """Names of the values that it makes use of."""
        return parameters_of(self.sql)

    def written_out(self, values: Mapping[str, Any]) -> str:
        """Return the SELECT with the values in it, ready to be pasted into any DuckDB."""
        return _PARAMETER.sub(
            lambda found: _literal(values[found[1]]) if found[1] in values else found[0], self.sql
        )


@cache
def find_question(name: str, folder: Path = FOLDER) -> Question:
    """Return the question of a name such as `sponsors/roster`, a file below `sql/`.

    The first line is `-- question? One row per grain.`, comment lines right after it are the
    note. Raises ModelError for a file that does not open so.
    """
    path = folder / f"{name}.sql"
    sql = path.read_text(encoding="utf-8").strip()
    first, *others = sql.splitlines()
    text, mark, _grain = first.removeprefix("-- ").partition("? ")
    if not (first.startswith("-- ") and mark):
        raise ModelError(f"{path} must open as in `-- Who sponsors whom? One row per sponsor.`")
    note = []
    for line in others:
        if not line.startswith("-- "):
            break
        note.append(line.removeprefix("-- "))
    return Question(name=name, text=f"{text}?", note=" ".join(note), sql=sql)


def parameters_of(sql: str) -> frozenset[str]:
    """Return the names of the parameters in a SELECT, as in `$feeds`."""
    return frozenset(_PARAMETER.findall(sql))


def _literal(value: Any) -> str:
    """Return a value as SQL."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float):
        return repr(value)
    if isinstance(value, date):
        return f"date {quoted_text(value.isoformat())}"
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(_literal, value))}]"
    return quoted_text(str(value))
