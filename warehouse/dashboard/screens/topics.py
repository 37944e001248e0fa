"""Topics: what is written about, and since when."""

from typing import Any

import streamlit as st

from warehouse.dashboard.charts import topics as charts
from warehouse.dashboard.detail import open_article, open_search
from warehouse.dashboard.exhibit import Columns, show_chart, show_table
from warehouse.dashboard.screens.parts import Parts, draw_parts
from warehouse.dashboard.view import View

_LINES = 5
_FIELDS = 15
_NO_DATES = "No dated article of these feeds in these days has any."
_CLICK = "topics/clicked"
_BY_MONTH = "Month by month"
_ARTICLES: Columns = {
    "article_id": None,
    "published_at": st.column_config.DateColumn("Published", format="D MMM YYYY"),
    "feed": "Feed",
    "title": st.column_config.TextColumn("Title", width="large"),
    "evidence": st.column_config.ListColumn("Evidence"),
    "url": st.column_config.LinkColumn("Address", display_text="open"),
}
_FIRSTS: Columns = {
    "topic_name": "Topic",
    "first_published_at": st.column_config.DateColumn("First on", format="D MMM YYYY"),
    "feed": "First feed",
    "title": st.column_config.TextColumn("Its article", width=330),
    "second_feed": "Second feed",
    "days_to_second": st.column_config.NumberColumn("Days later"),
    "feed_count": st.column_config.NumberColumn("Feeds since"),
    "article_id": None,
}
_EMERGING: Columns = {
    "term": "Phrase",
    "article_count": st.column_config.NumberColumn("Articles, 90 days"),
    "past_article_count": st.column_config.NumberColumn("Articles, year before"),
    "feed_count": st.column_config.NumberColumn("Feeds"),
    "share": st.column_config.NumberColumn("Share, 90 days", format="percent"),
    "past_share": st.column_config.NumberColumn("Share, year before", format="percent"),
    "example_title": st.column_config.TextColumn("As in", width="large"),
}


def draw(view: View) -> None:
    """Draw the page."""
    st.title("Topics")
    is_field_named = "topic" in st.query_params or "month" in st.query_params
    draw_parts(view, _PARTS, "subject", _BY_MONTH if is_field_named else None)


def prepare(view: View) -> None:
    """Ask what the page opens with."""
    view.ask("topics/shares", rows=_LINES)
    view.ask("topics/momentum")


def _draw_shares(view: View) -> None:
    show_chart(
        view,
        "topics/shares",
        charts.shares,
        alt_text="Lines: the share of articles about each of the commonest topics, by month.",
        empty=_NO_DATES,
        rows=_LINES,
    )
    show_chart(
        view,
        "topics/momentum",
        charts.momentum,
        alt_text="Bars: by how much the share of a topic rose or fell.",
        empty="Too few articles to compare the last three months with the six before them.",
    )


def _draw_firsts(view: View) -> None:
    first = show_table(view, "topics/firsts", columns=_FIRSTS, on_select=True)
    if first:
        open_article(first["article_id"])
    phrase = show_table(
        view,
        "topics/emerging",
        columns=_EMERGING,
        on_select=True,
        empty="No phrase stands out against the year before.",
    )
    if phrase:
        open_search(phrase["term"])


def _draw_months(view: View) -> None:
    """Draw topics by month, and the articles behind the field that was chosen.

    The boxes say what is shown: they are in the address, and work without a mouse.
    """
    chosen = show_chart(
        view,
        "topics/months",
        charts.months,
        alt_text="Fields of topic by month: the stronger, the larger its share of the articles.",
        empty=_NO_DATES,
        on_select=True,
        rows=_FIELDS,
    )
    frame = view.ask("topics/months", rows=_FIELDS)
    if frame.empty:
        return
    _take_click(chosen)
    st.caption("Articles of a field: click it above, or choose its topic and month here.")
    bar = st.container(horizontal=True, key="topics/boxes")
    topic = bar.selectbox(
        "Topic",
        list(dict.fromkeys(frame["topic_id"])),
        index=None,
        key="topic",
        placeholder="Choose a topic",
        bind="query-params",
        width=260,
    )
    month = bar.selectbox(
        "Month",
        sorted(set(frame["month"]), reverse=True),
        index=None,
        key="month",
        placeholder="Choose a month",
        bind="query-params",
        width=160,
    )
    if topic and month:
        row = show_table(
            view,
            "topics/articles",
            columns=_ARTICLES,
            on_select=True,
            empty="No article about this topic in this month.",
            topic=topic,
            month=month,
        )
        if row:
            open_article(row["article_id"])


def _take_click(chosen: Any) -> None:
    """Put a newly chosen field into the boxes; an old choice does not undo what they say."""
    cells = chosen["selection"].get("cell", []) if chosen else []
    if cells and cells[0] != st.session_state.get(_CLICK):
        st.session_state["topic"] = cells[0]["topic_id"]
        st.session_state["month"] = cells[0]["month"]
    st.session_state[_CLICK] = cells[0] if cells else None


def _draw_names(view: View) -> None:
    show_chart(
        view,
        "topics/companies",
        charts.companies,
        alt_text="Fields of company by month: the stronger, the more articles.",
        empty=_NO_DATES,
        rows=_FIELDS,
    )
    show_chart(
        view,
        "topics/technologies",
        charts.technologies,
        alt_text="Fields of technology by month: the stronger, the more articles.",
        empty=_NO_DATES,
        rows=_FIELDS,
    )


_PARTS: Parts = {
    "More and less": _draw_shares,
    _BY_MONTH: _draw_months,
    "Companies and technologies": _draw_names,
    "First and new": _draw_firsts,
}
