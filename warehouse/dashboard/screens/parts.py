"""Parts of a page, a tab each: only the open one is asked for and drawn."""

from collections.abc import Callable, Mapping

import streamlit as st

from warehouse.dashboard.view import View

Parts = Mapping[str, Callable[[View], None]]
"""How parts are drawn, by the name that stands on the tab and in the address."""


def draw_parts(view: View, parts: Parts, key: str, first: str | None = None) -> None:
    """Draw the tabs and the open part; `key` is what the address calls the choice.

    `first` is open where the address says nothing; else the first one.
    """
    tabs = st.tabs(list(parts), key=key, default=first, on_change="rerun", bind="query-params")
    for tab, draw in zip(tabs, parts.values(), strict=True):
        if tab.open:
            with tab:
                draw(view)
