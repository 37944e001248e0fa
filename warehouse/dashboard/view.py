"""What a page is given: the tables, and what the visitor chose to look at."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from warehouse.dashboard.questions import find_question
from warehouse.dashboard.selection import Selection
from warehouse.dashboard.shelf import Shelf


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """The tables of one state of the data, seen through a selection."""

    shelf: Shelf
    selection: Selection
    feed_titles: Mapping[str, str]

    def ask(self, name: str, **values: Any) -> pd.DataFrame:
        """Return the answer to a question such as `sponsors/roster`, as a frame of its own.

        `$feeds`, `$since` and `$until` are those of the selection, other parameters are given.
        Answers are kept as long as the tables stay the same.
        """
        return self.shelf.answer(find_question(name), self.selection.values() | values)

    def written_out(self, name: str, **values: Any) -> str:
        """Return the SQL of a question with this selection in it."""
        return find_question(name).written_out(self.selection.values() | values)
