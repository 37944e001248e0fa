"""What stands on every page: what is shown, the filters, and the watch for new data."""

from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from warehouse.dashboard.questions import find_question
from warehouse.dashboard.selection import CUSTOM, DEFAULT_PERIOD, PERIODS, Selection, select
from warehouse.dashboard.shelf import Shelf, open_shelf, stamp_of
from warehouse.dashboard.view import View

_WATCH_SECONDS = 15
"""How often an open page looks for newly written tables."""


@st.cache_resource(max_entries=2, show_spinner=False)
def _shelf_of(data: str, stamp: str) -> Shelf:  # noqa: ARG001 another stamp opens the files anew
    return open_shelf(Path(data))


def open_view(data: Path) -> View:
    """Return what the page shows: the newest tables through the filters, which are drawn here.

    Filters live in the address of the page, so that a view can be shared. Raises
    ShelfEmptyError when there are no tables.
    """
    shelf = _shelf_of(str(data), stamp_of(data))
    known = shelf.frame(find_question("frame/feeds").sql, {})
    titles = dict(zip(known["feed_id"], known["feed_title"], strict=True))
    span = shelf.frame(find_question("frame/span").sql, {}).iloc[0]
    selection = _choose(titles, _day(span["oldest"]), _day(span["newest"]))
    _watch(data, shelf.stamp)
    return View(shelf=shelf, selection=selection, feed_titles=titles)


def _choose(titles: dict[str, str], oldest: date, newest: date) -> Selection:
    """Draw the filters and return what they mean.

    Choices show as they stand in the address, feeds by their ids: Streamlit writes what it
    shows, and titles change.
    """
    bar = st.container(horizontal=True, vertical_alignment="bottom", key="filters")
    chosen = bar.multiselect(
        "Feeds",
        list(titles),
        key="feed",
        placeholder="All feeds",
        bind="query-params",
        width=420,
    )
    period = bar.selectbox(
        "Period",
        PERIODS,
        index=PERIODS.index(DEFAULT_PERIOD),
        key="period",
        bind="query-params",
        width=160,
    )
    since = until = None
    if period == CUSTOM:
        since = _day_input(bar, "From", "from", oldest, (oldest, newest))
        until = _day_input(bar, "To", "to", newest, (oldest, newest))
    selection = select(
        known=tuple(titles),
        chosen=chosen,
        period=period,
        oldest=oldest,
        newest=newest,
        since=since,
        until=until,
    )
    st.caption(_told(selection, len(titles)))
    return selection


def _day_input(
    bar: DeltaGenerator, label: str, key: str, usual: date, limits: tuple[date, date]
) -> date | None:
    first, last = limits
    return bar.date_input(
        label,
        value=usual,
        key=key,
        min_value=first,
        max_value=last,
        bind="query-params",
        width=140,
    )


def _told(selection: Selection, known_count: int) -> str:
    """Return in words what is shown."""
    shown = len(selection.feeds)
    feeds = "all feeds" if shown == known_count else f"{shown} of {known_count} feeds"
    return f"Showing {feeds}, {selection.since:%-d %b %Y} to {selection.until:%-d %b %Y}."


def _day(value: Any) -> date:
    """Return a day; a data directory without any article or attempt speaks of today only."""
    return date.today() if pd.isna(value) else pd.Timestamp(value).date()  # noqa: DTZ011


def _watch(data: Path, stamp: str) -> None:
    @st.fragment(run_every=_WATCH_SECONDS)
    def look() -> None:
        """Draw the page again when tables were written since it was drawn."""
        if stamp_of(data) != stamp:
            st.rerun()

    look()
