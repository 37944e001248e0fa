"""Charts that only the report has."""

import altair as alt
import pandas as pd

from warehouse.dashboard.charts.palette import BLUE, BLUE_PALE, by_month, legend_below


def articles_by_month(frame: pd.DataFrame) -> alt.Chart:
    """Return bars of articles by month, paler where only some are known."""
    colour = alt.Color(
        "coverage:N",
        scale=alt.Scale(
            domain=["all articles known", "some articles known"], range=[BLUE, BLUE_PALE]
        ),
        legend=legend_below(),
    )
    bars: alt.Chart = alt.Chart(frame).mark_bar()
    return bars.encode(
        x=by_month(frame),
        y=alt.Y("articles:Q", title="Articles", axis=alt.Axis(tickMinStep=1)),
        color=colour,
    )


def topics(frame: pd.DataFrame) -> alt.Chart:
    """Return bars of topics, the most written about on top."""
    bars: alt.Chart = alt.Chart(frame).mark_bar(color=BLUE)
    return bars.encode(
        x=alt.X("articles:Q", title="Articles", axis=alt.Axis(tickMinStep=1)),
        y=alt.Y("topic:N", sort=None, title=None),
    )


def sponsors(frame: pd.DataFrame) -> alt.Chart:
    """Return bars of sponsors by placements, new ones marked by name and colour."""
    shown = frame.head(12).assign(kind=frame["is_new"].map({True: "new", False: "seen before"}))
    colour = alt.Color(
        "kind:N",
        scale=alt.Scale(domain=["seen before", "new"], range=[BLUE, "#C96A00"]),
        legend=legend_below(),
    )
    bars: alt.Chart = alt.Chart(shown).mark_bar()
    return bars.encode(
        x=alt.X("placements:Q", title="Paid placements", axis=alt.Axis(tickMinStep=1)),
        y=alt.Y("sponsor:N", sort=None, title=None),
        color=colour,
    )
