"""Charts of quality."""

import altair as alt
import pandas as pd

from warehouse.dashboard.charts.palette import (
    BLUE,
    GREEN,
    GREY,
    MONTH_FORMAT,
    ORANGE,
    UNOBSERVED,
    by_month,
    by_strength,
    legend_below,
    named_rows,
)

_PARTS = {
    "text_share": "text",
    "whole_text_share": "whole text",
    "sections_share": "sections",
    "topics_share": "topics",
    "sponsored_share": "sponsored",
}
_BANDS = {"0.9 and more": BLUE, "0.75 to 0.9": GREEN, "0.6 to 0.75": ORANGE, "doubtful": GREY}
_SHOWN_RULES = 15


def filled_months(frame: pd.DataFrame) -> alt.Chart:
    """Return a row of months for each of what may be known of an article: the fuller, the bluer.

    Months without an article have no field.
    """
    names = list(_PARTS.values())
    held = frame.rename(columns=_PARTS).melt(
        ["month_date", "articles"], names, var_name="part", value_name="share"
    )
    fields: alt.Chart = alt.Chart(held).mark_rect(stroke=UNOBSERVED, strokeWidth=0.5)
    return fields.encode(
        x=by_month(frame),
        y=named_rows("part", names),
        color=by_strength("share", "Share of articles", ".0%"),
        tooltip=[
            alt.Tooltip("month_date:T", title="Month", format=MONTH_FORMAT),
            alt.Tooltip("part:N", title="Known"),
            alt.Tooltip("share:Q", title="Share", format=".0%"),
            alt.Tooltip("articles:Q", title="Articles"),
        ],
    ).properties(height=alt.Step(26))


def rules(frame: pd.DataFrame) -> alt.Chart:
    """Return a bar per rule, its parts coloured by how sure the rule was."""
    first = frame["rule"].drop_duplicates().head(_SHOWN_RULES).tolist()
    held = frame[frame["rule"].isin(first)]
    held = held.assign(band_place=held["band"].map({band: n for n, band in enumerate(_BANDS)}))
    bands = [band for band in _BANDS if band in set(held["band"])]
    bars: alt.Chart = alt.Chart(held).mark_bar()
    return bars.encode(
        y=named_rows("rule", first, narrow=150),
        x=alt.X("placements:Q", title="Placements", axis=alt.Axis(tickMinStep=1, tickCount=6)),
        color=alt.Color(
            "band:N",
            scale=alt.Scale(domain=bands, range=[_BANDS[band] for band in bands]),
            legend=legend_below(),
        ),
        order=alt.Order("band_place:Q"),
        tooltip=[
            alt.Tooltip("rule:N", title="Rule"),
            alt.Tooltip("band:N", title="How sure"),
            alt.Tooltip("placements:Q", title="Placements"),
            alt.Tooltip("unnamed:Q", title="Without a name"),
        ],
    ).properties(height=alt.Step(24))


def disclosure(frame: pd.DataFrame) -> alt.Chart:
    """Return bars of placements by month: marked as advertising, and not."""
    names = ["marked", "unmarked"]
    held = frame.melt("month_date", names, var_name="marking", value_name="placements")
    bars: alt.Chart = alt.Chart(held).mark_bar()
    return bars.encode(
        x=by_month(frame),
        y=alt.Y("placements:Q", title="Placements", axis=alt.Axis(tickMinStep=1)),
        color=alt.Color(
            "marking:N",
            scale=alt.Scale(domain=names, range=[BLUE, ORANGE]),
            legend=legend_below(),
        ),
        tooltip=[
            alt.Tooltip("month_date:T", title="Month", format=MONTH_FORMAT),
            alt.Tooltip("marking:N", title="Marking"),
            alt.Tooltip("placements:Q", title="Placements"),
        ],
    )
