"""Charts of sponsors."""

import altair as alt
import pandas as pd

from warehouse.dashboard.charts.palette import BLUE, MONTH_FORMAT, as_share, by_month


def sell_through(frame: pd.DataFrame) -> alt.Chart:
    """Return bars of the share of sold issues by month."""
    bars: alt.Chart = alt.Chart(frame).mark_bar(color=BLUE)
    return bars.encode(
        x=by_month("month_date"),
        y=as_share("sold_share", "Issues sold"),
        tooltip=[
            alt.Tooltip("month_date:T", title="Month", format=MONTH_FORMAT),
            alt.Tooltip("issues:Q", title="Issues"),
            alt.Tooltip("sold:Q", title="Sold"),
        ],
    )
