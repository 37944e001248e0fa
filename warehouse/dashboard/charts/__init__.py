"""Charts: from the frame of a question to an Altair chart, for the page and the report."""

from collections.abc import Callable

import altair as alt
import pandas as pd

Drawing = (
    alt.Chart | alt.LayerChart | alt.FacetChart | alt.ConcatChart | alt.HConcatChart
    | alt.VConcatChart
)  # fmt: skip
Draw = Callable[[pd.DataFrame], Drawing]
"""A function that draws the answer to a question."""
