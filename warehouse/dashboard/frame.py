"""What stands on every page: what is shown, the filters, and the watch for new data."""

from datetime import date
from pathlib import Path

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from warehouse.dashboard.selection import CUSTOM, DEFAULT_PERIOD, PERIODS, Selection, select
from warehouse.dashboard.shelf import Shelf, feed_titles, open_shelf, span_of, stamp_of
from warehouse.dashboard.view import View

_WATCH_SECONDS = 15
"""How often an open page looks for newly written tables."""


@st.cache_resource(max_entries=2, show_spinner=False)
def _opened(data: str, stamp: str) -> tuple[Shelf, dict[str, str], tuple[date, date]]:  # noqa: ARG001 another stamp opens the files anew
    """Return the tables, the titles of their feeds and the days they speak of."""
    shelf = open_shelf(Path(data))
    today = date.today()  # noqa: DTZ011 the visitor's own; only where there is nothing to show
    return shelf, feed_titles(shelf), span_of(shelf, today)


def open_view(data: Path) -> View:
    """Return what the page shows: the newest tables through the filters, which are drawn here.

    Filters live in the address of the page, so that a view can be shared. Raises
    ShelfError when there are no tables or old ones.
    """
    shelf, titles, (oldest, newest) = _opened(str(data), stamp_of(data))
    selection = _choose(titles, oldest, newest)
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


def _watch(data: Path, stamp: str) -> None:
    @st.fragment(run_every=_WATCH_SECONDS)
    def look() -> None:
        """Draw the page again when tables were written since it was drawn."""
        if stamp_of(data) != stamp:
            st.rerun()

    look()
