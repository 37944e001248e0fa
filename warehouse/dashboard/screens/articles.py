"""articles."""

import streamlit as st

from warehouse.dashboard.view import View


def draw(view: View) -> None:
    """Draw."""
    st.title("articles")
    st.write(view.selection)
