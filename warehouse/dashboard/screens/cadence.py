"""Cadence: how regularly feeds publish, and when the next issue is due."""

from collections.abc import Callable, Mapping
from functools import partial

import streamlit as st

from warehouse.dashboard.charts import cadence as charts
from warehouse.dashboard.exhibit import Columns, show_chart, show_table
from warehouse.dashboard.screens.parts import draw_parts
from warehouse.dashboard.view import View

_MOMENT = "D MMM YYYY, HH:mm"
_EXPECTED: Columns = {
    "feed_id": None,
    "feed_name": "Feed",
    "standing": "Standing",
    "next_issue": st.column_config.TextColumn("Next issue", width=310),
    "last_published_at": st.column_config.DatetimeColumn("Latest issue, UTC", format=_MOMENT),
    "observed_until_at": st.column_config.DatetimeColumn("Last looked, UTC", format=_MOMENT),
    "posts_per_week_12": st.column_config.NumberColumn("A week, last 12"),
    "usual_weekday": "Usual weekday",
    "usual_local_hour": st.column_config.NumberColumn("Usual local hour"),
    "regularity": st.column_config.NumberColumn("Regularity", format="percent"),
    "median_gap_days": st.column_config.NumberColumn("Usual days between"),
    "streak": "In a row",
}
_REGIMES: Columns = {
    "start_date": st.column_config.DateColumn("From", format="D MMM YYYY"),
    "end_date": st.column_config.DateColumn("To (none: still)", format="D MMM YYYY"),
    "posts_per_week": st.column_config.NumberColumn("A week"),
    "usual_weekdays": "Usual weekdays",
    "local_hour": st.column_config.NumberColumn("Usual local hour"),
    "regularity": st.column_config.NumberColumn("Regularity", format="percent"),
    "median_gap_days": st.column_config.NumberColumn("Usual days between"),
    "longest_gap_days": st.column_config.NumberColumn("Longest wait, days"),
    "article_count": st.column_config.NumberColumn("Issues"),
    "unobserved_days": st.column_config.NumberColumn("Days not observed"),
}
_NO_DATES = "No dated issue of this feed in these days."


def draw(view: View) -> None:
    """Draw the page."""
    st.title("Cadence")
    show_table(view, "cadence/expected", columns=_EXPECTED)
    if not view.selection.feeds:
        return
    feed = st.selectbox(
        "Feed to look at closely",
        _feeds(view),
        key="closely",
        bind="query-params",
        width=420,
    )
    _draw_standing(view, feed)
    parts = {name: partial(draw_part, feed=feed) for name, draw_part in _PARTS.items()}
    draw_parts(view, parts, "look")


def prepare(view: View) -> None:
    """Ask what the page opens with."""
    view.ask("cadence/expected")
    for feed in _feeds(view)[:1]:
        view.ask("cadence/days", feed=feed)


def _feeds(view: View) -> list[str]:
    """Return the feeds in their order, those first that have a dated issue to look at."""
    every = view.ask("cadence/expected")
    dated = set(every.loc[every["last_published_at"].notna(), "feed_id"])
    return sorted(view.selection.feeds, key=lambda feed: feed not in dated)


def _draw_standing(view: View, feed: str) -> None:
    """Say in words how the feed stands."""
    every = view.ask("cadence/expected")
    for row in every[every["feed_id"] == feed].to_dict("records"):
        st.text(f"{row['feed_name']}: {row['standing']}. Next issue: {row['next_issue']}.")


def _draw_days(view: View, feed: str) -> None:
    show_chart(
        view,
        "cadence/days",
        charts.days,
        alt_text="A calendar: days with an issue, silent days, and days nobody looked.",
        empty=_NO_DATES,
        feed=feed,
    )


def _draw_rhythm(view: View, feed: str) -> None:
    show_chart(
        view,
        "cadence/weeks",
        charts.weeks,
        alt_text="Bars: issues by week; lines: the usual number, and where the rhythm changed.",
        empty=_NO_DATES,
        feed=feed,
    )
    show_table(view, "cadence/regimes", columns=_REGIMES, empty=_NO_DATES, feed=feed)


def _draw_times(view: View, feed: str) -> None:
    show_chart(
        view,
        "cadence/hours",
        charts.hours,
        alt_text="Fields of weekday by local hour: the stronger, the more issues.",
        empty=_NO_DATES,
        feed=feed,
    )
    show_chart(
        view,
        "cadence/gaps",
        charts.gaps,
        alt_text="Bars: how often how many days lay between two issues.",
        empty="It takes two dated issues to tell how long it waits.",
        feed=feed,
    )


_PARTS: Mapping[str, Callable[..., None]] = {
    "Day by day": _draw_days,
    "Rhythm": _draw_rhythm,
    "Usual times": _draw_times,
}
