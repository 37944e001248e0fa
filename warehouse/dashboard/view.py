"""What a page is given: the tables, and what the visitor chose to look at."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd
import streamlit as st

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
        return _answer(self.shelf.stamp, name, self.selection.values() | values, _shelf=self.shelf)

    def written_out(self, name: str, **values: Any) -> str:
        """Return the SQL of a question with this selection in it."""
        return find_question(name).written_out(self.selection.values() | values)


@st.cache_data(max_entries=400, show_spinner=False)
def _answer(stamp: str, name: str, values: dict[str, Any], *, _shelf: Shelf) -> pd.DataFrame:  # noqa: ARG001 the stamp is part of the key
    return _shelf.frame(find_question(name).sql, values)
