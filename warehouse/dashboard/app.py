"""The page that `feedhouse dashboard` serves; Streamlit runs this file for every visitor."""

from functools import partial
from pathlib import Path

import streamlit as st
from altair.utils import schemapi
from streamlit.delta_generator import DeltaGenerator

from warehouse.connection import data_directory
from warehouse.dashboard.frame import open_view
from warehouse.dashboard.screens import SCREENS
from warehouse.dashboard.shelf import ShelfEmptyError, ShelfError
from warehouse.dashboard.view import View
from warehouse.dashboard.warming import drawing, warm

_ICON = Path(__file__).with_name("icon.png")
"""A picture of ours: Streamlit would fetch an emoji or symbol from a font server."""

# The tests hold every chart to Vega's schema; doing so at each drawing took a tenth of a second.
schemapi.disable_debug_mode()


def main() -> None:
    """Draw the filters, the navigation and the page the visitor is on.

    The filters are drawn here, not by the page: only so they outlive a change of pages. The
    navigation is a row of links of our own: Streamlit's would hide on a phone behind a drawer,
    which then covers the page that was chosen in it.
    """
    st.set_page_config(page_title="Feedhouse", page_icon=str(_ICON), layout="wide")
    menu = st.container(horizontal=True, gap="xsmall", key="menu")
    try:
        with drawing():
            _draw(open_view(data_directory()), menu)
    except ShelfError as error:
        is_empty = isinstance(error, ShelfEmptyError)
        st.title("Nothing to show yet" if is_empty else "Tables of an older version")
        st.text(str(error))


def _draw(view: View, menu: DeltaGenerator) -> None:
    """Draw the navigation and the page."""
    pages = [
        st.Page(
            partial(screen.draw, view),
            title=screen.title,
            url_path=screen.path,
            icon=screen.icon,
            default=screen is SCREENS[0],
        )
        for screen in SCREENS
    ]
    chosen = st.navigation(pages, position="hidden")
    for page in pages:
        menu.page_link(page, width="content")
    chosen.run()
    warm(view, [screen.prepare for screen in SCREENS])


main()
