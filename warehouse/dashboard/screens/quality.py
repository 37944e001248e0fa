"""Quality: how far the tables can be trusted."""

from typing import Any

import streamlit as st

from warehouse.dashboard.charts import quality as charts
from warehouse.dashboard.detail import open_article
from warehouse.dashboard.exhibit import show_chart, show_table
from warehouse.dashboard.screens.parts import Parts, draw_parts
from warehouse.dashboard.view import View


def draw(view: View) -> None:
    """Draw the page, a part at a time."""
    st.title("Quality")
    draw_parts(view, _PARTS, "check")


def prepare(view: View) -> None:
    """Ask what the page opens with."""
    view.ask("quality/accuracy")
    view.ask("quality/rules")


def _accuracy(view: View) -> None:
    show_table(
        view,
        "quality/accuracy",
        empty=(
            "Nobody has measured it on this data yet. Write down by hand which sponsors stand in"
            " some issues, then run: feedhouse eval LABELS.jsonl"
        ),
        columns={
            "precision_share": _bar("precision"),
            "recall_share": _bar("recall"),
            "right_ones": st.column_config.NumberColumn("right"),
            "wrong_ones": st.column_config.NumberColumn("wrong"),
            "missed_ones": st.column_config.NumberColumn("missed"),
        },
    )
    show_chart(
        view,
        "quality/rules",
        charts.rules,
        alt_text="A bar per rule: placements it found, coloured by how sure it was.",
        columns={"rule_placements": None},
        empty="No placement was found in these feeds and days.",
    )


def _filled(view: View) -> None:
    names = "title date author text whole_text free sections links topics companies sponsored"
    show_table(
        view,
        "quality/filled",
        columns={
            "feed": st.column_config.TextColumn("feed", pinned=True),
            **{f"{name}_share": _bar(name.replace("_", " ")) for name in names.split()},
        },
    )
    show_chart(
        view,
        "quality/filled_months",
        charts.filled_months,
        alt_text=(
            "A row each for text, sections, topics and sponsors with a field per month: the bluer,"
            " the more articles have them."
        ),
    )


def _dates(view: View) -> None:
    show_table(view, "quality/dates")
    article = show_table(
        view,
        "quality/doubtful",
        on_select=True,
        empty="Every article of these feeds has a date that can be.",
        columns={"title": st.column_config.TextColumn(width="medium"), "article_id": None},
    )
    if article:
        open_article(article["article_id"])


def _trouble(view: View) -> None:
    show_table(
        view,
        "quality/rejects",
        empty="All that came in these days could be read.",
        columns={
            "what_was_found_and_what_helps": st.column_config.TextColumn(
                "what was found, and what helps", width="large"
            ),
        },
    )
    article = show_table(
        view,
        "quality/conflicts",
        on_select=True,
        empty="No two sources tell different things about an article.",
        columns={"title": st.column_config.TextColumn(width="medium"), "article_id": None},
    )
    if article:
        open_article(article["article_id"])


def _advertising(view: View) -> None:
    show_chart(
        view,
        "quality/disclosure",
        charts.disclosure,
        alt_text="Bars by month: placements that are marked as advertising, and that are not.",
        empty="No paid placement is known in these feeds and days.",
    )
    article = show_table(
        view,
        "quality/mismatches",
        on_select=True,
        columns={"article_id": None},
        empty="No advertisement carries the date of another issue.",
    )
    if article:
        open_article(article["article_id"])


def _bar(label: str) -> Any:
    return st.column_config.ProgressColumn(
        label, format="percent", min_value=0, max_value=1, width=110
    )


_PARTS: Parts = {
    "How right": _accuracy,
    "How complete": _filled,
    "Dates": _dates,
    "What went wrong": _trouble,
    "Advertising": _advertising,
}
