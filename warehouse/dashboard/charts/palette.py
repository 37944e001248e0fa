"""Colours and axes that all charts share.

Categories are Okabe and Ito's colours, told apart by colour-blind readers; all have a contrast of
3:1 at least on white and on the page's dark ground (WCAG 2.2, 1.4.11), so that one set serves
both. Meaning never rests on colour alone: every chart has a legend or labels, and its table.
"""

import altair as alt

BLUE = "#0072B2"
ORANGE = "#C96A00"
GREEN = "#00866B"
PINK = "#B8568E"
SKY = "#3C8FC4"
VERMILION = "#D55E00"
GREY = "#7F7F7F"

CATEGORIES = (BLUE, ORANGE, GREEN, PINK, SKY, VERMILION, GREY)
UNOBSERVED = "#9A9A9A"
"""Days and months nobody looked at: grey and hatched or hollow, never the colour of silence."""

BLUE_PALE = "rgba(0, 114, 178, 0.55)"
SKY_PALE = "rgba(60, 143, 196, 0.22)"
UNOBSERVED_PALE = "rgba(154, 154, 154, 0.35)"
UNOBSERVED_HOLLOW = "rgba(154, 154, 154, 0.08)"
"""Paler ones for what is there in part: strengths belong into the colour, for Vega spreads a
scale of opacities evenly, whatever its range."""

MONTH_FORMAT = "%b %Y"
DAY_FORMAT = "%-d %b %Y"


def by_month(field: str) -> alt.X:
    """Return an axis of months, a band each; few labels, as it must be readable on a phone."""
    axis = alt.Axis(format=MONTH_FORMAT, labelOverlap=True)
    return alt.X(f"yearmonth({field}):T", title=None, axis=axis)


def by_day(field: str) -> alt.X:
    """Return an axis of days and moments."""
    return alt.X(f"{field}:T", title=None, axis=alt.Axis(labelOverlap=True))


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
        labelLimit=160,
    )
