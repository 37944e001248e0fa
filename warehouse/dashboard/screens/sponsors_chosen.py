"""One sponsor: every placement with its evidence, its copy, and what it stands beside."""

from collections.abc import Callable, Mapping
from functools import partial

import pandas as pd
import streamlit as st

from warehouse.dashboard.charts import sponsors as charts
from warehouse.dashboard.detail import open_article
from warehouse.dashboard.exhibit import show_chart, show_table
from warehouse.dashboard.screens.paging import draw_pages
from warehouse.dashboard.screens.parts import draw_parts
from warehouse.dashboard.untrusted import plain
from warehouse.dashboard.view import View

_KEY = "sponsor"
"""What the address calls the choice."""
_OPENED = "sponsor/opened"
_SHARE = st.column_config.NumberColumn(format="percent")


def open_sponsor(sponsor_id: str) -> None:
    """Draw the page again with a sponsor chosen: it cannot be once the choice was drawn."""
    st.session_state[_OPENED] = sponsor_id
    st.rerun()


def _close() -> None:
    st.session_state[_KEY] = None


def choose_sponsor(view: View) -> str | None:
    """Draw the choice of a sponsor and return the id chosen, or None for all of them.

    Ids stand in the address; a name in it is taken as well.
    """
    known = view.ask("sponsors/known")
    ids = known["sponsor_id"].tolist()
    written = st.query_params.get(_KEY, "")
    by_name = dict(zip(known["sponsor_name"].str.casefold(), ids, strict=True))
    if written not in ids and written.casefold() in by_name:
        st.query_params[_KEY] = by_name[written.casefold()]
        st.rerun()
    if opened := st.session_state.pop(_OPENED, None):
        st.session_state[_KEY] = opened
    chosen: str | None = st.selectbox(
        "One sponsor",
        ids,
        index=None,
        key=_KEY,
        placeholder="All sponsors",
        bind="query-params",
        width=420,
    )
    if written and not chosen and written not in ids:
        st.caption(f"No sponsor {plain(written)} is known.")
    return chosen


def draw_sponsor(view: View, sponsor_id: str) -> None:
    """Draw what is known of one sponsor, over all feeds and days."""
    st.button("All sponsors", icon=":material/arrow_back:", on_click=_close)
    _profile(view.ask("sponsors/profile", sponsor=sponsor_id).iloc[0])
    parts = {name: partial(draw_part, sponsor_id=sponsor_id) for name, draw_part in _PARTS.items()}
    draw_parts(view, parts, "side")


def _advertisements(view: View, sponsor_id: str) -> None:
    show_table(view, "sponsors/creatives_of", sponsor=sponsor_id)


def _beside(view: View, sponsor_id: str) -> None:
    show_table(
        view,
        "sponsors/topics_of",
        sponsor=sponsor_id,
        columns={"share": _SHARE},
        empty="No topic is known of the issues it sponsored.",
    )
    show_table(
        view,
        "sponsors/pairs_of",
        sponsor=sponsor_id,
        empty="No other sponsor is known in its feeds.",
    )
    article = show_table(
        view,
        "sponsors/articles_about",
        sponsor=sponsor_id,
        on_select=True,
        columns={"article_id": None},
        empty="No article names it outside of advertisements.",
    )
    if article:
        open_article(article["article_id"])


def _profile(row: pd.Series) -> None:
    """Show its name and the few numbers about it."""
    st.header(plain(row["sponsor_name"]), anchor=False)
    known = [_text(row[name]) for name in ("market", "domains")]
    if any(known):
        st.text(" · ".join(filter(None, known)))
    cards = st.container(horizontal=True, key="sponsor/figures")
    cards.metric("Placements", int(row["placements"]), border=True, width="content")
    cards.metric("Feeds", int(row["feeds"]), border=True, width="content")
    for label, day in (("First", row["first_date"]), ("Latest", row["last_date"])):
        shown = None if pd.isna(day) else f"{pd.Timestamp(day):%-d %b %Y}"
        cards.metric(label, shown, border=True, width="content")
    cards.metric("Marked as ads", f"{row['marked_share']:.0%}", border=True, width="content")


def _placements(view: View, sponsor_id: str) -> None:
    """Show every placement; the chosen one with the whole copy and what the rules saw."""
    show_chart(
        view,
        "sponsors/runs_of",
        charts.runs_of,
        alt_text="A row per feed with a mark for each placement by day; shapes tell the slot.",
        sponsor=sponsor_id,
    )
    place = st.container()
    shown = draw_pages(len(view.ask("sponsors/placements_of", sponsor=sponsor_id)), "placements")
    with place:
        row = show_table(
            view,
            "sponsors/placements_of",
            sponsor=sponsor_id,
            on_select=True,
            shown=shown,
            columns={
                "copy_text": st.column_config.TextColumn("copy", width="medium"),
                "issue": st.column_config.TextColumn(width="medium"),
                "article_id": None,
                "placement_id": None,
            },
        )
    if not row:
        return
    with st.container(border=True):
        st.text(_text(row["headline"]) or "(no headline)")
        st.text(_text(row["copy_text"]) or "(no copy)")
        st.text(f"Found by {row['rule']}, {row['confidence']:.0%} sure: {row['evidence']}")
        if landing := _text(row["landing_url"]):
            st.code(landing, language=None)
        if st.button("Look into the issue"):
            open_article(row["article_id"])


def _text(cell: object) -> str:
    """Return a cell as text, empty for a missing one."""
    return cell if isinstance(cell, str) else ""


_PARTS: Mapping[str, Callable[..., None]] = {
    "Placements": _placements,
    "Advertisements": _advertisements,
    "Beside what": _beside,
}
