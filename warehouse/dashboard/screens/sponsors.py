"""Sponsors: who pays, where, and how faithfully."""

import streamlit as st

from warehouse.dashboard.charts import sponsors as charts
from warehouse.dashboard.exhibit import show_chart
from warehouse.dashboard.view import View


def draw(view: View) -> None:
    """Draw the page."""
    st.title("Sponsors")
    show_chart(
        view,
        "sponsors/sell_through",
        charts.sell_through,
        alt_text="Bars: the share of issues with a paid placement, month by month.",
    )
