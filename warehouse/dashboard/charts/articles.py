"""Charts of a single article."""

import altair as alt
import pandas as pd

from warehouse.dashboard.charts.palette import (
    BLUE,
    GREEN,
    GREY,
    ORANGE,
    PINK,
    SKY,
)

ROLE_WORDS = {
    "editorial": "the article itself",
    "digest_item": "item of a digest",
    "references": "references",
    "sponsor": "paid placement",
    "house_promo": "own offer",
    "furniture": "furniture of the page",
}
"""What the role of a section is called on the page."""

_COLOURS = {
    "editorial": BLUE,
    "digest_item": GREEN,
    "references": SKY,
    "sponsor": ORANGE,
    "house_promo": PINK,
    "furniture": GREY,
}


def sections(frame: pd.DataFrame) -> alt.Chart:
    """Return one bar: the sections in reading order, as wide as their words, coloured by role."""
    told = frame.assign(part=frame["role"].map(ROLE_WORDS).fillna(frame["role"]))
    roles = [role for role in ROLE_WORDS if role in set(frame["role"])]
    scale = alt.Scale(
        domain=[ROLE_WORDS[role] for role in roles], range=[_COLOURS[role] for role in roles]
    )
    legend = alt.Legend(title=None, orient="bottom", columns=2, symbolStrokeWidth=0)
    bar: alt.Chart = alt.Chart(told).mark_bar(size=44, stroke="white", strokeWidth=1)
    return bar.encode(
        x=alt.X("word_count:Q", title="Words", stack="zero", axis=alt.Axis(tickCount=6)),
        color=alt.Color("part:N", scale=scale, legend=legend),
        order=alt.Order("section_number:Q"),
        tooltip=[
            alt.Tooltip("section_number:Q", title="Section"),
            alt.Tooltip("part:N", title="Part"),
            alt.Tooltip("heading:N", title="Heading"),
            alt.Tooltip("word_count:Q", title="Words"),
        ],
    ).properties(height=230)
