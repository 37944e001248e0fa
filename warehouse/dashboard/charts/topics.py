"""Charts of what is written about."""

import altair as alt
import pandas as pd

from warehouse.dashboard.charts.palette import (
    BLUE,
    GREEN,
    GREY,
    MONTH_FORMAT,
    ORANGE,
    PINK,
    as_share,
    by_month,
    by_strength,
    legend_below,
    named_rows,
)

_ROW_HEIGHT = 24
_COLOURS = (BLUE, ORANGE, GREEN, PINK, GREY)
_SHAPES = ("circle", "square", "triangle-up", "diamond", "cross")


def shares(frame: pd.DataFrame) -> alt.Chart:
    """Return lines of topics' shares by month, told apart by colour and by the mark's shape."""
    totals = frame.groupby("topic_name")["article_count"].sum()
    names = list(totals.sort_values(ascending=False, kind="stable").index)
    lines: alt.Chart = alt.Chart(frame).mark_line(point={"size": 45, "filled": True})
    return lines.encode(
        x=by_month(frame),
        y=as_share("share", "Share of articles"),
        color=alt.Color(
            "topic_name:N",
            scale=alt.Scale(domain=names, range=list(_COLOURS)),
            legend=legend_below(),
        ),
        shape=alt.Shape("topic_name:N", scale=alt.Scale(domain=names, range=list(_SHAPES))),
        tooltip=[
            alt.Tooltip("topic_name:N", title="Topic"),
            alt.Tooltip("month_date:T", title="Three months to", format=MONTH_FORMAT),
            alt.Tooltip("article_count:Q", title="Articles about it"),
            alt.Tooltip("all_article_count:Q", title="All articles"),
            alt.Tooltip("share:Q", title="Share", format=".0%"),
        ],
    ).properties(height=320)


def momentum(frame: pd.DataFrame) -> alt.Chart:
    """Return bars to the right for topics that rose and to the left for those that fell."""
    told = frame.assign(way=frame["change"].map(lambda change: "rose" if change > 0 else "fell"))
    bars: alt.Chart = alt.Chart(told).mark_bar()
    return bars.encode(
        x=alt.X(
            "change:Q",
            title="Change of share, in points",
            axis=alt.Axis(labelExpr="format(100 * datum.value, '+.0f')", tickCount=5),
        ),
        y=named_rows("topic_name", list(frame["topic_name"])),
        color=alt.Color(
            "way:N",
            scale=alt.Scale(domain=["rose", "fell"], range=[BLUE, ORANGE]),
            legend=legend_below(),
        ),
        tooltip=[
            alt.Tooltip("topic_name:N", title="Topic"),
            alt.Tooltip("share:Q", title="Share, last 91 days", format=".1%"),
            alt.Tooltip("past_share:Q", title="Share before", format=".1%"),
            alt.Tooltip("article_count:Q", title="Articles, last 91 days"),
            alt.Tooltip("past_article_count:Q", title="Articles before"),
        ],
    ).properties(height=_height(frame, "topic_name"))


def months(frame: pd.DataFrame) -> alt.Chart:
    """Return fields of topic by month, stronger where the share is larger; `cell` is chosen."""
    cell = alt.selection_point(name="cell", fields=["topic_id", "month"], empty=False)
    chart = _fields(frame, "topic_name", "share", "Share", ".0%")
    return chart.encode(
        stroke=alt.condition(cell, alt.value(ORANGE), alt.value(GREY)),
        strokeWidth=alt.condition(cell, alt.value(3), alt.value(0.4)),
        tooltip=[
            alt.Tooltip("topic_name:N", title="Topic"),
            alt.Tooltip("month_date:T", title="Month", format=MONTH_FORMAT),
            alt.Tooltip("article_count:Q", title="Articles about it"),
            alt.Tooltip("all_article_count:Q", title="All articles"),
            alt.Tooltip("share:Q", title="Share", format=".0%"),
        ],
    ).add_params(cell)


def companies(frame: pd.DataFrame) -> alt.Chart:
    """Return fields of company by month, stronger with more articles."""
    return _named(frame, "company_name", "Company")


def technologies(frame: pd.DataFrame) -> alt.Chart:
    """Return fields of technology by month, stronger with more articles."""
    return _named(frame, "technology_name", "Technology")


def _named(frame: pd.DataFrame, name: str, title: str) -> alt.Chart:
    return _fields(frame, name, "article_count", "Articles", "d").encode(
        stroke=alt.value(GREY),
        strokeWidth=alt.value(0.4),
        tooltip=[
            alt.Tooltip(f"{name}:N", title=title),
            alt.Tooltip("month_date:T", title="Month", format=MONTH_FORMAT),
            alt.Tooltip("article_count:Q", title="Articles"),
        ],
    )


def _fields(frame: pd.DataFrame, name: str, value: str, title: str, number: str) -> alt.Chart:
    """Return a field per name and month, stronger with a larger value."""
    fields: alt.Chart = alt.Chart(frame).mark_rect()
    return fields.encode(
        x=by_month(frame),
        y=named_rows(name, list(dict.fromkeys(frame[name]))),
        color=by_strength(value, title, number),
    ).properties(height=_height(frame, name))


def _height(frame: pd.DataFrame, name: str) -> int:
    return 70 + _ROW_HEIGHT * frame[name].nunique()
