"""Charts of the overview."""

import altair as alt
import pandas as pd

from warehouse.dashboard.charts.palette import (
    BLUE,
    BLUE_PALE,
    CATEGORIES,
    DAY_FORMAT,
    GREY,
    MONTH_FORMAT,
    SKY_PALE,
    UNOBSERVED,
    UNOBSERVED_HOLLOW,
    UNOBSERVED_PALE,
    by_day,
    by_month,
    legend_below,
    named_rows,
)

_OTHERS = "other feeds"
_STATES = {
    "all articles known": BLUE,
    "some articles known": BLUE_PALE,
    "watched, no article": SKY_PALE,
    "partly watched, no article": UNOBSERVED_PALE,
    "not watched": UNOBSERVED_HOLLOW,
}
_ROW_HEIGHT = 24
_BAR_WIDTH = pd.Timedelta(days=6)
"""A week less a gap to the next bar."""


def published(frame: pd.DataFrame) -> alt.Chart:
    """Return bars of articles by week, a colour for each of the first feeds."""
    feeds = frame.sort_values("place")["feed"].drop_duplicates().tolist()
    weeks = frame.assign(week_end=frame["week_date"] + _BAR_WIDTH)
    colours = [GREY if feed == _OTHERS else CATEGORIES[n] for n, feed in enumerate(feeds)]
    bars: alt.Chart = alt.Chart(weeks).mark_bar()
    return bars.encode(
        x=by_day("week_date"),
        x2="week_end:T",
        y=alt.Y("sum(articles):Q", title="Articles", axis=alt.Axis(tickMinStep=1)),
        color=alt.Color(
            "feed:N", scale=alt.Scale(domain=feeds, range=colours), legend=legend_below()
        ),
        order=alt.Order("place:Q"),
        tooltip=[
            alt.Tooltip("feed:N", title="Feed"),
            alt.Tooltip("week_date:T", title="Week from", format=DAY_FORMAT),
            alt.Tooltip("articles:Q", title="Articles"),
        ],
    )


def coverage(frame: pd.DataFrame) -> alt.LayerChart:
    """Return a strip of months for every feed; months nobody watched are crossed, not filled."""
    feeds = frame["feed"].drop_duplicates().tolist()
    states = [state for state in _STATES if state in set(frame["state"])]
    base = alt.Chart(frame).encode(
        x=by_month(frame),
        y=named_rows("feed", feeds),
    )
    cells = base.mark_rect(stroke=UNOBSERVED, strokeWidth=0.5, cornerRadius=2).encode(
        color=alt.Color(
            "state:N",
            scale=alt.Scale(domain=states, range=[_STATES[each] for each in states]),
            legend=legend_below(),
        ),
        tooltip=[
            alt.Tooltip("feed:N", title="Feed"),
            alt.Tooltip("month_date:T", title="Month", format=MONTH_FORMAT),
            alt.Tooltip("state:N", title="State"),
            alt.Tooltip("articles:Q", title="Articles"),
            alt.Tooltip("missing:Q", title="Listed, not known"),
            alt.Tooltip("watched_share:Q", title="Watched", format=".0%"),
        ],
    )
    crosses = (
        base.transform_filter(alt.datum.state == "not watched")
        .mark_point(shape="cross", angle=45, size=40, color=UNOBSERVED, filled=True)
        .encode()
    )
    return alt.LayerChart(layer=[cells, crosses]).properties(height=alt.Step(_ROW_HEIGHT))
