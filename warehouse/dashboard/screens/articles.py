"""Articles: found by words and filters; each has a page of its own (screens/article)."""

from typing import Any

import pandas as pd
import streamlit as st

from warehouse.dashboard.detail import WORDS, chosen_article, show_article
from warehouse.dashboard.exhibit import Columns, show_table
from warehouse.dashboard.screens import article
from warehouse.dashboard.screens.paging import draw_pages
from warehouse.dashboard.view import View

_ROWS = 1000
"""Articles that are listed at most; more nobody pages through."""
_NO_FILTERS = {"words": "", "rows": _ROWS, "kind": None, "topic": None, "company": None}
_KINDS = ("deep dive", "digest", "preview", "interview", "promo", "other")
_COLUMNS: Columns = {
    "article_id": None,
    "published_at": st.column_config.DateColumn("Published", format="D MMM YYYY"),
    "feed": "Feed",
    "title": st.column_config.TextColumn("Title", width="large"),
    "kind": "Kind",
    "word_count": st.column_config.NumberColumn("Words"),
    "sponsors": st.column_config.ListColumn("Paid placements"),
    "found_count": None,
}


def draw(view: View) -> None:
    """Draw the list, or the article that the address names."""
    chosen = chosen_article()
    if chosen:
        article.draw(view, chosen)
    else:
        _draw_list(view)


def prepare(view: View) -> None:
    """Ask what the list opens with."""
    view.ask("articles/choices")
    view.ask("articles/found", **_NO_FILTERS, paid=None)


def _draw_list(view: View) -> None:
    st.title("Articles")
    name, filters = _draw_filters(view)
    found = view.ask(name, **filters)
    place = st.container()
    shown = _draw_pages(found)
    with place:
        row = show_table(
            view,
            name,
            columns=_COLUMNS,
            on_select=True,
            empty="No article like this in these feeds and days. Fewer words or filters find more.",
            shown=shown,
            **filters,
        )
    if row:
        show_article(row["article_id"])


def _draw_filters(view: View) -> tuple[str, dict[str, Any]]:
    """Draw what articles are found by; return the question and its parameters."""
    bar = st.container(horizontal=True, vertical_alignment="bottom", key="articles/filters")
    words = bar.text_input(
        "Words in the title", key=WORDS, bind="query-params", width=260, on_change=_to_first_page
    )
    in_text = bar.checkbox(
        "also in the text", key="in_text", bind="query-params", on_change=_to_first_page
    )
    choices = view.ask("articles/choices")
    ids = {name: list(rows["id"]) for name, rows in choices.groupby("choice", sort=False)}
    kind = _box(bar, "Kind", "kind", _KINDS)
    filters = {
        "kind": kind and kind.replace(" ", "_"),
        "topic": _box(bar, "Topic", "about", ids.get("topic", [])),
        "company": _box(bar, "Company", "company", ids.get("company", [])),
        "paid": _box(bar, "Paid placements", "paid", ("sponsored", "not sponsored")),
    }
    name = "articles/found_in_text" if in_text and words else "articles/found"
    return name, {**_NO_FILTERS, "words": words or "", **filters}


def _box(bar: Any, label: str, key: str, options: Any) -> Any:
    return bar.selectbox(
        label,
        options,
        index=None,
        key=key,
        placeholder="Any",
        bind="query-params",
        width=160,
        on_change=_to_first_page,
    )


def _to_first_page() -> None:
    st.session_state["page"] = 1


def _draw_pages(found: pd.DataFrame) -> slice:
    """Say how many were found, and draw the choice of a page; return the rows of that page."""
    if not found.empty:
        count = int(found["found_count"].iloc[0])
        told = f"{count:,} article{'' if count == 1 else 's'} found."
        if count > len(found):
            told += f" Listed are the newest {len(found):,}: more words or fewer days show others."
        st.caption(told)
    return draw_pages(len(found), "page")
