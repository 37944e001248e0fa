"""An exhibit: a question, the chart that answers it, and its table, CSV and SQL."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from warehouse.dashboard.charts import Draw
from warehouse.dashboard.charts.palette import legible
from warehouse.dashboard.questions import find_question
from warehouse.dashboard.untrusted import csv_bytes, with_web_addresses
from warehouse.dashboard.view import View
from warehouse.evaluations import EVALUATION_SCHEMA

Columns = Mapping[str, Any]

_DAY = "D MMM YYYY"
_NOTHING = "Nothing here for these feeds and days."
_ALL = slice(None)


def show_chart(
    view: View,
    name: str,
    draw: Draw,
    *,
    alt_text: str,
    on_select: bool = False,
    empty: str = _NOTHING,
    columns: Columns | None = None,
    **values: Any,
) -> Any:
    """Put a question on the page with its chart, and its table, CSV and SQL to unfold.

    `alt_text` says to who cannot see the chart what it shows. With `on_select` the marks can be
    clicked: returned is what was chosen, as Streamlit tells it, by the name of the chart's
    selection; else nothing. `values` are parameters of the question, `columns` are column
    configurations of its table.
    """
    frame = _open(view, name, values)
    chosen = None
    if frame.empty:
        st.caption(empty)
    else:
        chosen = st.altair_chart(
            legible(draw(frame)),
            width="stretch",
            key=f"{name}/chart",
            on_select="rerun" if on_select else "ignore",
            alt=alt_text,
        )
    _show_behind(view, name, frame, values, columns, has_table=True)
    return chosen if on_select else None


def show_table(
    view: View,
    name: str,
    *,
    columns: Columns | None = None,
    on_select: bool = False,
    empty: str = _NOTHING,
    shown: slice = _ALL,
    **values: Any,
) -> dict[str, Any] | None:
    """Put a question on the page with its answer as a table, and CSV and SQL to unfold.

    The table has the rows `shown`, in their full height, the CSV all. With `on_select` a row can
    be chosen: returned is that row, or None. Columns whose configuration is None are not shown,
    but are in the CSV.
    """
    frame = _open(view, name, values)
    row = None
    if frame.empty:
        st.caption(empty)
    else:
        row = _table(
            frame.iloc[shown], name, columns, on_select=on_select, is_whole=shown is not _ALL
        )
    _show_behind(view, name, frame, values, columns, has_table=False)
    return row


def show_words(
    view: View,
    name: str,
    draw: Callable[[pd.DataFrame], None],
    *,
    empty: str = _NOTHING,
    columns: Columns | None = None,
    **values: Any,
) -> None:
    """Put a question on the page with what `draw` writes of its answer, and what is behind it."""
    frame = _open(view, name, values)
    if frame.empty:
        st.caption(empty)
    else:
        draw(frame)
    _show_behind(view, name, frame, values, columns, has_table=True)


def _open(view: View, name: str, values: Mapping[str, Any]) -> pd.DataFrame:
    question = find_question(name)
    st.subheader(question.text, anchor=name.replace("/", "-"))
    if question.note:
        st.caption(question.note)
    return with_web_addresses(view.ask(name, **values))


def _table(
    frame: pd.DataFrame,
    key: str,
    columns: Columns | None,
    *,
    on_select: bool,
    is_whole: bool = False,
) -> dict[str, Any] | None:
    event: Any = st.dataframe(
        _rounded(frame),
        key=f"{key}/table",
        hide_index=True,
        column_config={**_usual_columns(frame, columns or {}), **(columns or {})},
        on_select="rerun" if on_select else "ignore",
        selection_mode="single-row",
        placeholder="–",
        alt=find_question(key).text,
        height="content" if is_whole else "auto",
    )
    if not on_select:
        return None
    rows = event["selection"]["rows"]
    return dict(frame.iloc[rows[0]]) if rows and rows[0] < len(frame) else None


def _rounded(frame: pd.DataFrame) -> pd.DataFrame:
    """Return a frame as it is read: whole per cents, other numbers with a digit after the point.

    What is small keeps two; the CSV has all digits.
    """
    made = frame.copy(deep=False)
    for name in made.select_dtypes("float"):
        made[name] = made[name].round(2 if made[name].abs().max() < 10 else 1)
    return made


def _usual_columns(frame: pd.DataFrame, columns: Columns) -> Columns:
    """Return how columns look that nobody configured: by the endings of their names.

    Labels have blanks for underscores, and say `first` for `first_date`.
    """
    names = [str(name) for name in frame.columns if name not in columns]
    return {name: _usual_column(name) for name in names}


def _usual_column(name: str) -> Any:
    stem, _, ending = name.rpartition("_")
    kinds: Mapping[str, Callable[..., Any]] = {
        "date": partial(st.column_config.DateColumn, format=_DAY),
        "at": partial(st.column_config.DatetimeColumn, format=f"{_DAY}, HH:mm", timezone="UTC"),
        "share": partial(st.column_config.NumberColumn, format="percent"),
        "url": partial(st.column_config.LinkColumn, display_text="open"),
    }
    if name == "month_date":
        return st.column_config.DateColumn("month", format="MMM YYYY")
    if ending not in kinds:
        return st.column_config.Column(name.replace("_", " "))
    label = name if ending == "share" or not stem else stem
    zone = " (UTC)" if ending == "at" else ""
    return kinds[ending](label.replace("_", " ") + zone)


def _show_behind(
    view: View,
    name: str,
    frame: pd.DataFrame,
    values: Mapping[str, Any],
    columns: Columns | None,
    *,
    has_table: bool,
) -> None:
    """Offer what is behind an exhibit; made only when it is unfolded."""
    label = "Table, CSV and SQL" if has_table else "CSV and SQL"
    unfolded = st.expander(label, key=f"{name}/behind", on_change="rerun")
    if not unfolded.open:
        return
    with unfolded:
        if has_table and not frame.empty:
            _table(frame, name, columns, on_select=False)
        st.download_button(
            "Download CSV",
            csv_bytes(frame),
            file_name=f"{name.replace('/', '-')}.csv",
            mime="text/csv",
            key=f"{name}/csv",
            on_click="ignore",
        )
        sql = view.written_out(name, **values)
        st.code(sql, language="sql")
        if f"{EVALUATION_SCHEMA}." not in sql:  # which stand in a file beside the warehouse
            st.caption("Runs as it is in `feedhouse sql`, or in DuckDB on the Parquet files.")
