"""Sponsors: who pays, where, and how faithfully."""

import streamlit as st

from warehouse.dashboard.charts import sponsors as charts
from warehouse.dashboard.detail import open_article
from warehouse.dashboard.exhibit import show_chart, show_table
from warehouse.dashboard.screens.parts import Parts, draw_parts
from warehouse.dashboard.screens.sponsors_chosen import choose_sponsor, draw_sponsor, open_sponsor
from warehouse.dashboard.view import View

_SHARE = st.column_config.NumberColumn(format="percent")


def draw(view: View) -> None:
    """Draw the page: one sponsor when one is chosen, else all of them, a part at a time."""
    st.title("Sponsors")
    sponsor_id = choose_sponsor(view)
    if sponsor_id:
        draw_sponsor(view, sponsor_id)
        return
    draw_parts(view, _PARTS, "part")


def prepare(view: View) -> None:
    """Ask what the page opens with."""
    view.ask("sponsors/known")
    view.ask("sponsors/roster")


def _who(view: View) -> None:
    row = show_table(
        view,
        "sponsors/roster",
        on_select=True,
        columns={
            "sponsor": st.column_config.TextColumn("sponsor", pinned=True),
            "by_month": st.column_config.BarChartColumn("by month", y_min=0, width="medium"),
            "placements_shown": st.column_config.NumberColumn("placements shown"),
            "placements_ever": st.column_config.NumberColumn("ever"),
            "marked_share": st.column_config.NumberColumn("marked as ads", format="percent"),
            "sponsor_id": None,
        },
        empty="No paid placement with a named sponsor is known in these feeds.",
    )
    if row:
        open_sponsor(row["sponsor_id"])


def _changes(view: View) -> None:
    show_chart(
        view,
        "sponsors/movement",
        charts.movement,
        alt_text="Bars by month: sponsors that were new or came back above, that lapsed below.",
    )


def _when(view: View) -> None:
    show_chart(
        view,
        "sponsors/sell_through",
        charts.sell_through,
        alt_text="Bars: the share of issues with a paid placement, month by month.",
        empty="None of these feeds ever sold an issue, as far as is known.",
    )
    show_chart(
        view,
        "sponsors/calendar",
        charts.calendar,
        alt_text="A row per feed and slot with a mark for each placement, by day.",
        columns={"shown_as": None, "sponsor_place": None, "feed_place": None},
    )


def _advertisements(view: View) -> None:
    show_chart(
        view,
        "sponsors/creatives",
        charts.creatives,
        alt_text="A line per advertisement from the first to the last day it ran.",
        columns={"place": None, "sponsor_id": None},
    )


def _beside(view: View) -> None:
    show_chart(
        view,
        "sponsors/topics",
        charts.topics,
        alt_text="Circles: how often each of the first sponsors advertises beside each topic.",
        columns={"share": _SHARE, "place": None, "sponsor_id": None},
    )
    show_chart(
        view,
        "sponsors/earned",
        charts.earned,
        alt_text="Two bars per company: articles that write about it, issues it paid for.",
    )
    article = show_table(
        view,
        "sponsors/conflicts",
        on_select=True,
        columns={"article_id": None},
        empty="No feed wrote about a sponsor near its placement in these days.",
    )
    if article:
        open_article(article["article_id"])
    show_table(view, "sponsors/pairs", empty="No two sponsors share a feed.")


_PARTS: Parts = {
    "Who pays": _who,
    "New and lost": _changes,
    "When and where": _when,
    "Advertisements": _advertisements,
    "Beside what": _beside,
}
