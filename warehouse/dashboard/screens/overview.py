"""Overview: what a reader, an editor or an ad buyer wants to know first."""

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from warehouse.dashboard.charts import overview as charts
from warehouse.dashboard.detail import open_article
from warehouse.dashboard.exhibit import show_chart, show_table
from warehouse.dashboard.view import View

_UNCHANGED = "as before"


def draw(view: View) -> None:
    """Draw the page."""
    st.title("Overview")
    _figures(view)
    show_table(
        view,
        "overview/changes",
        empty="Nothing new: no new sponsor, no rising topic, no late feed.",
        columns={
            "change": st.column_config.TextColumn("change", width=110),
            "what": st.column_config.TextColumn("what", width="medium"),
            "detail": st.column_config.TextColumn("detail", width="medium"),
        },
    )
    show_table(
        view,
        "overview/feeds",
        columns={
            "feed": st.column_config.TextColumn("feed", width="medium", pinned=True),
            "state": st.column_config.TextColumn("state", width=120),
            "what_to_do": st.column_config.TextColumn("what to do", width="large"),
        },
    )
    article = show_table(
        view,
        "overview/newest",
        on_select=True,
        columns={
            "article_id": None,
            "title": st.column_config.TextColumn("title", width=330),
            "topics": st.column_config.TextColumn("topics", width=220),
            "url": st.column_config.LinkColumn("original", display_text="open"),
        },
    )
    if article:
        open_article(article["article_id"])
    show_chart(
        view,
        "overview/published",
        charts.published,
        alt_text="Bars: articles per week, coloured by feed.",
    )
    show_chart(
        view,
        "overview/coverage",
        charts.coverage,
        alt_text=(
            "A row per feed with a field per month: filled where its articles are known, pale where"
            " there was none, crossed where nobody watched."
        ),
    )


def prepare(view: View) -> None:
    """Ask what the page shows."""
    for name in ("figures", "changes", "feeds", "newest", "published", "coverage"):
        view.ask(f"overview/{name}")


def _figures(view: View) -> None:
    """Show the few numbers that a reader takes in at once, and how they changed."""
    row = view.ask("overview/figures").iloc[0]
    st.caption(
        f"Up to the latest article shown, {pd.Timestamp(row['last_date']):%-d %b %Y}; arrows"
        " compare with as many days before. Sold: the share of issues with a paid placement."
    )
    sold, before = row["sold_28"], row["sold_before"]
    points = None if pd.isna(sold) or pd.isna(before) else round(100 * (sold - before))
    change = _UNCHANGED if points == 0 else points and f"{points:+d} points"
    cards = st.container(horizontal=True, key="figures")
    _card(
        cards,
        "Articles in 7 days",
        int(row["articles_7"]),
        int(row["articles_7"] - row["articles_before"]) or _UNCHANGED,
    )
    _card(cards, "Feeds in good order", f"{row['feeds_in_order']:.0f} of {row['feeds']:.0f}")
    _card(
        cards,
        "Sponsors in 28 days",
        int(row["sponsors_28"]),
        int(row["sponsors_28"] - row["sponsors_before"]) or _UNCHANGED,
    )
    _card(cards, "Sold in 28 days", None if pd.isna(sold) else f"{sold:.0%}", change)


def _card(
    cards: DeltaGenerator, label: str, value: int | str | None, change: int | str | None = None
) -> None:
    """Show a number; two cards fit beside each other on a phone."""
    cards.metric(
        label,
        value,
        change,
        delta_color="off",
        delta_arrow="off" if change == _UNCHANGED else "auto",
        border=True,
        width=170,
        height="stretch",
    )
