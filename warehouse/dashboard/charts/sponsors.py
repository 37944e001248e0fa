"""Charts of sponsors."""

from collections.abc import Callable

import altair as alt
import pandas as pd

from warehouse.dashboard.charts.palette import (
    BLUE,
    BLUE_PALE,
    CATEGORIES,
    DAY_FORMAT,
    GREEN,
    GREY,
    MONTH_FORMAT,
    ORANGE,
    SKY,
    UNOBSERVED,
    UNOBSERVED_HOLLOW,
    as_share,
    by_day,
    by_month,
    legend_below,
    named_rows,
)

_NOT_WATCHED = "not watched"
_STATES = {
    "all issues known": BLUE,
    "some issues known": BLUE_PALE,
    _NOT_WATCHED: UNOBSERVED_HOLLOW,
}
_MOVEMENTS = {"new": BLUE, "back": GREEN, "lapsed": ORANGE}
_OTHERS = "others and unnamed"
_PREFERRED, _USUAL = "1.5 times usual or more", "less"
_SLOTS = ("top", "middle", "bottom")
_LONGEST_LABEL = 60
_CALENDAR_FEEDS = 8
_SHOWN_CREATIVES = 20
_SHOWN_COMPANIES = 15
_SHOWN_SPONSORS = 10
_SHOWN_TOPICS = 10


def sell_through(frame: pd.DataFrame) -> alt.Chart:
    """Return bars of the share of sold issues by month.

    Paler where only some of the issues are known, hollow, grey and full high where none is.
    """
    states = [state for state in _STATES if state in set(frame["state"])]
    height = frame["sold_share"].where(frame["state"] != _NOT_WATCHED, 1.0)
    bars: alt.Chart = alt.Chart(frame.assign(height=height)).mark_bar(strokeDash=[3, 3])
    return bars.encode(
        x=by_month(frame),
        y=as_share("height", "Issues sold"),
        color=alt.Color(
            "state:N",
            scale=alt.Scale(domain=states, range=[_STATES[state] for state in states]),
            legend=legend_below(),
        ),
        stroke=alt.when(alt.datum.state == _NOT_WATCHED)
        .then(alt.value(UNOBSERVED))
        .otherwise(alt.value(BLUE)),
        tooltip=[
            alt.Tooltip("month_date:T", title="Month", format=MONTH_FORMAT),
            alt.Tooltip("state:N", title="State"),
            alt.Tooltip("issues:Q", title="Issues"),
            alt.Tooltip("sold:Q", title="Sold"),
            alt.Tooltip("only_house_ads:Q", title="House ads only"),
        ],
    )


def calendar(frame: pd.DataFrame) -> alt.Chart:
    """Return a mark per placement by day, a row for each slot of each of the first feeds."""
    held = frame[frame["feed_place"] <= _CALENDAR_FEEDS]
    held = held.assign(row=held["feed"].map(_shortened(40)) + " · " + held["slot"])
    order = {slot: number for number, slot in enumerate(_SLOTS)}
    rows = (
        held.assign(slot_place=held["slot"].map(order))
        .sort_values(["feed_place", "slot_place"])["row"]
        .drop_duplicates()
        .tolist()
    )
    sponsors = held.sort_values("sponsor_place")["shown_as"].drop_duplicates().tolist()
    colours = [GREY if name == _OTHERS else CATEGORIES[n] for n, name in enumerate(sponsors)]
    ticks: alt.Chart = alt.Chart(held).mark_tick(thickness=3, height=16, opacity=1)
    return ticks.encode(
        x=by_day("day_date"),
        y=named_rows("row", rows),
        color=alt.Color(
            "shown_as:N", scale=alt.Scale(domain=sponsors, range=colours), legend=legend_below()
        ),
        tooltip=[
            alt.Tooltip("day_date:T", title="Day", format=DAY_FORMAT),
            alt.Tooltip("feed:N", title="Feed"),
            alt.Tooltip("slot:N", title="Slot"),
            alt.Tooltip("sponsor:N", title="Sponsor"),
            alt.Tooltip("headline:N", title="Headline"),
        ],
    ).properties(height=alt.Step(24))


def movement(frame: pd.DataFrame) -> alt.Chart:
    """Return bars of sponsors that came above the line, and that left below it, by month."""
    names = [name for name in _MOVEMENTS if name in set(frame["movement"])]
    bars: alt.Chart = alt.Chart(frame).mark_bar()
    return bars.encode(
        x=by_month(frame),
        y=alt.Y(
            "change:Q",
            title="Sponsors (below: lost)",
            axis=alt.Axis(tickMinStep=1, labelExpr="format(abs(datum.value), 'd')"),
        ),
        color=alt.Color(
            "movement:N",
            scale=alt.Scale(domain=names, range=[_MOVEMENTS[name] for name in names]),
            legend=legend_below(),
        ),
        tooltip=[
            alt.Tooltip("month_date:T", title="Month", format=MONTH_FORMAT),
            alt.Tooltip("movement:N", title="Movement"),
            alt.Tooltip("sponsors:Q", title="Sponsors"),
            alt.Tooltip("who:N", title="Who"),
        ],
    )


def creatives(frame: pd.DataFrame) -> alt.LayerChart:
    """Return a line from first to last run for each of the commonest advertisements."""
    held = frame.head(_SHOWN_CREATIVES)
    label = held["sponsor"] + ": " + held["headline"]
    # Two advertisements of one sponsor may have one headline: a number keeps their rows apart.
    again = label.groupby(label).cumcount()
    label = label.map(_shortened(_LONGEST_LABEL)) + again.map(
        lambda number: f" ({number + 1})" if number else ""
    )
    held = held.assign(label=label).sort_values(["first_date", "label"])
    base = alt.Chart(held).encode(
        y=named_rows("label", held["label"].tolist()),
        tooltip=[
            alt.Tooltip("sponsor:N", title="Sponsor"),
            alt.Tooltip("headline:N", title="Headline"),
            alt.Tooltip("placements:Q", title="Placements"),
            alt.Tooltip("feeds:Q", title="Feeds"),
            alt.Tooltip("first_date:T", title="First", format=DAY_FORMAT),
            alt.Tooltip("last_date:T", title="Last", format=DAY_FORMAT),
        ],
    )
    runs = base.mark_rule(color=BLUE, strokeWidth=5).encode(x=by_day("first_date"), x2="last_date")
    begins = base.mark_circle(color=BLUE, size=70, opacity=1).encode(x=by_day("first_date"))
    ends = base.mark_circle(color=BLUE, size=70, opacity=1).encode(x=by_day("last_date"))
    return alt.LayerChart(layer=[runs, begins, ends]).properties(height=alt.Step(22))


def topics(frame: pd.DataFrame) -> alt.Chart:
    """Return circles of how often the first sponsors stand beside the commonest topics."""
    held = frame[frame["place"] <= _SHOWN_SPONSORS]
    first = held.groupby("topic")["issues"].sum().nlargest(_SHOWN_TOPICS).index
    held = held[held["topic"].isin(first)]
    held = held.assign(
        preference=(held["times_usual"] >= 1.5).map({True: _PREFERRED, False: _USUAL})
    )
    circles: alt.Chart = alt.Chart(held).mark_circle(opacity=1)
    return circles.encode(
        x=alt.X(
            "topic:N",
            title=None,
            sort=list(first),
            axis=alt.Axis(labelAngle=-50, labelOverlap=False, labelLimit=170),
        ),
        y=named_rows("sponsor", held["sponsor"].drop_duplicates().tolist()),
        size=alt.Size("share:Q", legend=None, scale=alt.Scale(range=[15, 350])),
        color=alt.Color(
            "preference:N",
            scale=alt.Scale(domain=[_PREFERRED, _USUAL], range=[ORANGE, SKY]),
            legend=legend_below(),
        ),
        tooltip=[
            alt.Tooltip("sponsor:N", title="Sponsor"),
            alt.Tooltip("topic:N", title="Topic"),
            alt.Tooltip("issues:Q", title="Issues"),
            alt.Tooltip("share:Q", title="Share of its issues", format=".0%"),
            alt.Tooltip("times_usual:Q", title="Times usual", format=".1f"),
        ],
    ).properties(height=alt.Step(26))


def earned(frame: pd.DataFrame) -> alt.Chart:
    """Return a bar for each of the first companies, of two parts: written about, and paid for."""
    names = {"written_about": "written about", "paid": "paid"}
    held = (
        frame.head(_SHOWN_COMPANIES)
        .rename(columns=names)
        .melt("company", list(names.values()), var_name="attention", value_name="articles")
    )
    bars: alt.Chart = alt.Chart(held).mark_bar()
    return bars.encode(
        y=named_rows("company", held["company"].drop_duplicates().tolist()),
        x=alt.X("articles:Q", title="Articles", axis=alt.Axis(tickMinStep=1, tickCount=6)),
        color=alt.Color(
            "attention:N",
            scale=alt.Scale(domain=list(names.values()), range=[BLUE, ORANGE]),
            legend=legend_below(),
        ),
        tooltip=[
            alt.Tooltip("company:N", title="Company"),
            alt.Tooltip("attention:N", title="Attention"),
            alt.Tooltip("articles:Q", title="Articles"),
        ],
    ).properties(height=alt.Step(24))


def runs_of(frame: pd.DataFrame) -> alt.Chart:
    """Return a mark per placement of one sponsor by day and feed; doubtful ones are grey."""
    held = frame.assign(
        feed=frame["feed"].map(_shortened(40)),
    )
    slots = legend_below()
    slots["symbolFillColor"] = slots["symbolStrokeColor"] = GREY
    marks: alt.Chart = alt.Chart(held).mark_point(filled=True, size=80, opacity=0.9)
    return marks.encode(
        x=by_day("day_date"),
        y=named_rows("feed", sorted(set(held["feed"]))),
        color=alt.Color(
            "standing:N",
            scale=alt.Scale(domain=["counts", "doubtful"], range=[BLUE, GREY]),
            legend=legend_below(),
        ),
        shape=alt.Shape(
            "slot:N",
            scale=alt.Scale(domain=list(_SLOTS), range=["triangle-up", "circle", "triangle-down"]),
            legend=slots,
        ),
        tooltip=[
            alt.Tooltip("day_date:T", title="Day", format=DAY_FORMAT),
            alt.Tooltip("slot:N", title="Slot"),
            alt.Tooltip("headline:N", title="Headline"),
            alt.Tooltip("confidence:Q", title="How sure", format=".2f"),
        ],
    ).properties(height=alt.Step(34))


def _shortened(longest: int) -> Callable[[str], str]:
    return lambda text: text if len(text) <= longest else f"{text[: longest - 1]}…"
