"""Colours and axes that all charts share.

Categories are Okabe and Ito's colours, told apart by colour-blind readers; all have a contrast of
3:1 at least on white and on the page's dark ground (WCAG 2.2, 1.4.11), so that one set serves
both. Meaning never rests on colour alone: every chart has a legend or labels, and its table.
"""

from typing import Any

import altair as alt
import pandas as pd

from warehouse.dashboard.charts import Drawing

BLUE = "#0072B2"
ORANGE = "#C96A00"
GREEN = "#00866B"
PINK = "#B8568E"
SKY = "#3C8FC4"
VERMILION = "#D55E00"
GREY = "#7F7F7F"

CATEGORIES = (BLUE, ORANGE, GREEN, PINK, SKY, VERMILION, GREY)
UNOBSERVED = "#8A8A8A"
"""Days and months nobody looked at: grey and hatched or hollow, never the colour of silence."""

BLUE_PALE = "rgba(0, 114, 178, 0.55)"
SKY_PALE = "rgba(60, 143, 196, 0.22)"
UNOBSERVED_PALE = "rgba(138, 138, 138, 0.35)"
UNOBSERVED_HOLLOW = "rgba(138, 138, 138, 0.08)"
"""Paler ones for what is there in part: strengths belong into the colour, for Vega spreads a
scale of opacities evenly, whatever its range."""

MONTH_FORMAT = "%b %Y"
DAY_FORMAT = "%-d %b %Y"


_TEXT = "currentColor"
"""The colour of the text around a chart, light or dark: Streamlit's own grey is too pale on white
(WCAG 2.2, 1.4.3). In a picture of the report it is black."""
_TEXT_STRENGTH = 0.8


def legible(chart: Drawing) -> Drawing:
    """Return a chart whose words have the strength of text, each label where its mark is."""
    words: dict[str, Any] = {
        "labelColor": _TEXT,
        "titleColor": _TEXT,
        "labelOpacity": _TEXT_STRENGTH,
        "titleOpacity": _TEXT_STRENGTH,
    }
    made: Drawing = chart.configure_axis(**words, labelFlush=False).configure_legend(**words)
    return made


def by_month(frame: pd.DataFrame, field: str = "month_date") -> alt.X:
    """Return an axis of months, a band for each from the first to the last of a frame.

    Few labels, as it must be readable on a phone.
    """
    months = pd.period_range(frame[field].min(), frame[field].max(), freq="M")
    begins = (f"time(datetime({month.year}, {month.month - 1}, 1))" for month in months)
    axis = alt.Axis(format=MONTH_FORMAT, labelOverlap=True, labelSeparation=8, labelAngle=0)
    scale = alt.Scale(domain=alt.ExprRef(expr=f"[{', '.join(begins)}]"))
    return alt.X(f"yearmonth({field}):O", title=None, axis=axis, scale=scale)


def by_day(field: str) -> alt.X:
    """Return an axis of days and moments."""
    return alt.X(
        f"{field}:T", title=None, axis=alt.Axis(format=DAY_FORMAT, labelOverlap=True, tickCount=8)
    )


def named_rows(field: str, order: list[str], narrow: int = 110) -> alt.Y:
    """Return an axis with a name for each row: cut where the page is narrow, `narrow` pixels."""
    limit = alt.ExprRef(expr=f"width < 420 ? {narrow} : 300")
    axis = alt.Axis(labelLimit=limit, labelOverlap=False)
    return alt.Y(f"{field}:N", title=None, sort=order, axis=axis)


def as_share(field: str, title: str) -> alt.Y:
    """Return an upright axis of shares, from nothing upwards."""
    return alt.Y(
        f"{field}:Q", title=title, axis=alt.Axis(format=".0%"), scale=alt.Scale(domainMin=0)
    )


def by_strength(field: str, title: str, number: str) -> alt.Color:
    """Return a colour that is the ground itself for nothing, and blue for the most."""
    return alt.Color(
        f"{field}:Q",
        scale=alt.Scale(domainMin=0, range=["rgba(0, 114, 178, 0)", BLUE]),
        legend=alt.Legend(
            title=title, orient="bottom", format=number, tickCount=4, tickMinStep=_step_of(number)
        ),
    )


def _step_of(number: str) -> float:
    """Return the least step between labels: counts have no halves."""
    return 1 if number == "d" else 0.01


def legend_below(title: str | None = None, columns: int | None = None) -> alt.Legend:
    """Return a legend that leaves the width to the chart.

    Without `columns` it is one line where there is room, and several on a phone, where a line
    would be cut off.
    """
    fitting = alt.ExprRef(expr="width < 280 ? 1 : width < 560 ? 2 : 0")
    return alt.Legend(
        title=title,
        orient="bottom",
        columns=fitting if columns is None else columns,
        labelLimit=alt.ExprRef(expr="width < 280 ? 220 : width < 420 ? 120 : 200"),
    )
