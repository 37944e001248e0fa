"""Charts of how regularly a feed publishes.

A day or week nobody looked at bears a cross and no fill; a silent one is filled or round.
"""

import altair as alt
import pandas as pd

from warehouse.dashboard.charts.palette import (
    BLUE,
    DAY_FORMAT,
    GREY,
    ORANGE,
    SKY,
    UNOBSERVED,
    by_day,
    by_strength,
    legend_below,
)

_CROSS = "M-1,-1L1,1M-1,1L1,-1"
_SILENT = "rgba(127, 127, 127, 0.22)"
_SEEN = {"1 issue": SKY, "2 or more": BLUE, "silent": _SILENT}
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_LABELLED_DAYS = {1: "Mon", 4: "Thu", 7: "Sun"}
_DAY_HEIGHT = 14
_AROUND_HEIGHT = 110
"""What the axis and the legends take of a chart's height."""
_MONTH_WEEKS = dict(
    zip(
        (1, 5, 9, 14, 18, 22, 27, 31, 36, 40, 44, 49),
        "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(),
        strict=True,
    )
)
"""The week in which a month usually begins."""


def days(frame: pd.DataFrame) -> alt.LayerChart:
    """Return a calendar: a row of weeks for each weekday, year below year."""
    rows = [(year, day) for year in sorted(set(frame["year"]), reverse=True) for day in range(1, 9)]
    placed = frame.assign(row=frame["year"].astype(str) + "-" + frame["weekday_number"].astype(str))
    base = alt.Chart(placed).encode(
        x=_week_axis(),
        y=_day_axis([f"{year}-{day}" for year, day in rows[:-1]]),
        tooltip=[
            alt.Tooltip("calendar_date:T", title="Day", format="%A %-d %b %Y"),
            alt.Tooltip("article_count:Q", title="Issues"),
            alt.Tooltip("state:N", title="State"),
        ],
    )
    is_unseen = frame["state"] == "not observed"
    seen = base.transform_filter("datum.state != 'not observed'").mark_rect(
        stroke=GREY, strokeWidth=0.5
    )
    unseen = (
        base.transform_filter("datum.state == 'not observed'")
        .transform_calculate(unseen="datum.state")
        .mark_point(stroke=UNOBSERVED, strokeWidth=1.2, size=16)
    )
    scale = alt.Scale(domain=list(_SEEN), range=list(_SEEN.values()))
    legend = alt.Legend(title=None, orient="bottom", symbolType="square", symbolStrokeWidth=0.5)
    layers: list[alt.Chart] = [seen.encode(color=alt.Color("state:N", scale=scale, legend=legend))]
    if is_unseen.any():
        layers.append(unseen.encode(shape=_crosses("unseen", "not observed")))
    return alt.LayerChart(layer=layers).properties(
        height=_AROUND_HEIGHT + _DAY_HEIGHT * (len(rows) - 1)
    )


def weeks(frame: pd.DataFrame) -> alt.LayerChart:
    """Return issues by week, the usual number in each rhythm, and where a new one began."""
    spans = frame.assign(
        middle=frame["week_date"] + pd.Timedelta(days=3),
        end=frame["week_date"] + pd.Timedelta(days=6),
    )
    base = alt.Chart(spans).encode(x=by_day("week_date"), tooltip=_week_tooltip())
    bars = base.transform_filter("datum.article_count > 0").mark_bar(
        color=BLUE, stroke=BLUE, strokeWidth=1
    )
    empty = base.transform_filter("datum.article_count == 0").mark_point(
        color=UNOBSERVED, size=26, filled=False, strokeWidth=1.4
    )
    usual = base.transform_calculate(line="'usual in its rhythm'").mark_line(
        interpolate="step-after", strokeWidth=2.5
    )
    begun = base.transform_filter("datum.is_new_rhythm").mark_rule(
        color=ORANGE, strokeDash=[5, 4], strokeWidth=2
    )
    states = alt.Scale(
        domain=["silent", "partly observed", "not observed"],
        range=["circle", "triangle-up", _CROSS],
    )
    above = alt.Legend(title=None, orient="top")
    line = alt.Color("line:N", scale=alt.Scale(range=[ORANGE]), legend=above)
    whole = alt.condition("datum.unobserved_days == 0", alt.value(1), alt.value(0.3))
    layers = alt.LayerChart(
        layer=[
            bars.encode(
                x2="end:T",
                y2=alt.datum(0),
                y=_count_axis("article_count", "Issues"),
                fillOpacity=whole,
            ),
            begun,
            usual.encode(y="usual_per_week:Q", detail="regime_number:N", color=line),
            empty.encode(
                x=by_day("middle"),
                y="article_count:Q",
                shape=alt.Shape("state:N", scale=states, legend=legend_below()),
            ),
        ]
    )
    return layers.properties(height=300)


def hours(frame: pd.DataFrame) -> alt.Chart:
    """Return fields of weekday by local hour, stronger with more issues."""
    fields: alt.Chart = alt.Chart(frame).mark_rect(stroke=GREY, strokeWidth=0.5)
    hour_axis = alt.Axis(values=list(range(0, 24, 3)), labelAngle=0)
    return fields.encode(
        x=alt.X(
            "local_hour:O", title="Local hour", axis=hour_axis, scale=alt.Scale(domain=[*range(24)])
        ),
        y=alt.Y(
            "weekday:N",
            title=None,
            axis=alt.Axis(labelOverlap=False),
            scale=alt.Scale(domain=list(_WEEKDAYS)),
        ),
        color=by_strength("article_count", "Issues", "d"),
        tooltip=[
            alt.Tooltip("weekday:N", title="Weekday"),
            alt.Tooltip("local_hour:O", title="Local hour"),
            alt.Tooltip("article_count:Q", title="Issues"),
        ],
    ).properties(height=320)


def gaps(frame: pd.DataFrame) -> alt.Chart:
    """Return how often it waited how many days; hollow where some of them were not observed."""
    whole = "observed throughout"
    bars: alt.Chart = alt.Chart(frame).mark_bar(stroke=BLUE, strokeWidth=1.2)
    return bars.encode(
        x=alt.X(
            "days:O",
            title="Days between issues",
            axis=alt.Axis(labelAngle=0, labelOverlap=True),
            scale=alt.Scale(domain=[*range(int(frame["days"].max()) + 1)]),
        ),
        y=_count_axis("wait_count", "Times"),
        fill=alt.Fill(
            "state:N",
            scale=alt.Scale(domain=[whole, "partly not observed"], range=[BLUE, _SILENT]),
            legend=legend_below(),
        ),
        tooltip=[
            alt.Tooltip("days:O", title="Days"),
            alt.Tooltip("wait_count:Q", title="Times"),
            alt.Tooltip("state:N", title="Wait"),
        ],
    ).properties(height=260)


def _week_axis() -> alt.X:
    names = " : ".join(f"datum.value == {week} ? '{name}'" for week, name in _MONTH_WEEKS.items())
    axis = alt.Axis(
        values=list(_MONTH_WEEKS), labelExpr=f"{names} : ''", labelAngle=0, labelOverlap=True
    )
    return alt.X("week:O", title=None, axis=axis, scale=alt.Scale(domain=[*range(1, 54)]))


def _day_axis(rows: list[str]) -> alt.Y:
    """Return an axis of weekdays of years, an empty row between two years."""
    day = "toNumber(slice(datum.value, -1))"
    names = " : ".join(f"{day} == {number} ? '{name}'" for number, name in _LABELLED_DAYS.items())
    axis = alt.Axis(
        labelExpr=f"{day} == 1 ? slice(datum.value, 0, 4) + ' Mon' : {names} : ''",
        labelOverlap=False,
        ticks=False,
        domain=False,
    )
    return alt.Y("row:O", title=None, axis=axis, scale=alt.Scale(domain=rows))


def _crosses(field: str, state: str) -> alt.Shape:
    scale = alt.Scale(domain=[state], range=[_CROSS])
    return alt.Shape(f"{field}:N", scale=scale, legend=alt.Legend(title=None, orient="top"))


def _count_axis(field: str, title: str) -> alt.Y:
    return alt.Y(
        f"{field}:Q",
        title=title,
        axis=alt.Axis(format="d", tickMinStep=1),
        scale=alt.Scale(domainMin=0),
    )


def _week_tooltip() -> list[alt.Tooltip]:
    return [
        alt.Tooltip("week_date:T", title="Week from", format=DAY_FORMAT),
        alt.Tooltip("article_count:Q", title="Issues"),
        alt.Tooltip("unobserved_days:Q", title="Days not observed"),
        alt.Tooltip("usual_per_week:Q", title="Usual in this rhythm"),
        alt.Tooltip("state:N", title="State"),
    ]
