"""The edits of an article: what a reader sees no longer, and what came in its place."""

from typing import Any

import pandas as pd
import streamlit as st

from warehouse.dashboard.edits import Change, Stretch, changes_between
from warehouse.dashboard.untrusted import plain

_SHOWN_CHANGES = 40
"""Changed places of an edit that are drawn; a text written anew is no edit to be read so."""
_UNKNOWN = {
    "placements": (
        "Nothing was edited, or it is not known: a copy in it was recognised as paid by other"
        " issues, or an older version read this edit (feedhouse rebuild reads it again)."
    )
}
_NOT_KEPT = (
    "What stood there before is not in the tables: an older version read this edit."
    " feedhouse rebuild reads it again."
)


def draw_edits(frame: pd.DataFrame) -> None:
    """Draw the answer to `articles/edits`, a box for each edit."""
    for revision, parts in frame.groupby("revision", sort=True):
        rows = records(parts)
        with st.container(border=True):
            st.markdown(f"**State {revision}**, seen {rows[0]['seen_at']:%-d %B %Y, %H:%M} UTC")
            for row in rows:
                _draw_part(row)


def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Return rows with None for what is not known, which pandas has as a number."""
    rows = frame.astype(object).where(frame.notna(), None).to_dict("records")
    return [{str(name): value for name, value in row.items()} for row in rows]


def _draw_part(row: dict[str, Any]) -> None:
    st.badge(row["part"], color="gray")
    if row["before"] is None and row["part"] != "title":
        st.caption(_UNKNOWN.get(row["part"], _NOT_KEPT))
        return
    changes = changes_between(row["before"], row["after"])
    if not changes:
        st.caption("The same words: only their order or number changed.")
    for change in changes[:_SHOWN_CHANGES]:
        _draw_change(change, row["part"])
    if len(changes) > _SHOWN_CHANGES:
        st.caption(f"{len(changes) - _SHOWN_CHANGES} more places changed: they are in the CSV.")


def _draw_change(change: Change, part: str) -> None:
    if change.skipped and part == "text":
        plural = "" if change.skipped == 1 else "s"
        st.caption(f"{change.skipped} unchanged paragraph{plural}")
    for paragraph in change.paragraphs:
        st.markdown(" ".join(map(_marked, paragraph)))


def _marked(stretch: Stretch) -> str:
    """Return words as Markdown: struck and red when gone, bold and green when new.

    Told by form as well as by colour, and none of the words can be Markdown themselves.
    """
    words = plain(stretch.text)
    if stretch.sort == "gone":
        return f":red-background[~~{words}~~]"
    return f":green-background[**{words}**]" if stretch.sort == "new" else words
