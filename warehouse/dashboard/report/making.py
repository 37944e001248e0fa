"""From the Parquet files to the HTML of a report."""

import base64
import io
from collections.abc import Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import jinja2
import pandas as pd

from warehouse.dashboard.charts import Draw
from warehouse.dashboard.questions import Question, find_question
from warehouse.dashboard.report.parts import PARTS, Part
from warehouse.dashboard.report.tables import Table, heading_of, table_of
from warehouse.dashboard.selection import CUSTOM, DEFAULT_PERIOD, Selection, select
from warehouse.dashboard.shelf import Shelf, feed_titles, open_shelf, span_of
from warehouse.files import replace_file

_WIDE, _NARROW = 680, 250
"""Pixels beside the axis labels: one drawing for a desk and one for a phone, each with letters
that are readable there."""
_LETTERS = 12
_NAME_WIDTH = {_WIDE: 220, _NARROW: 110}
_NAMED_FEEDS = 12
"""More of them are not named on top: nobody reads the names of two hundred."""
_NO_DAY = date(1970, 1, 1)
"""What tables without any article or attempt speak of: the same tables make the same page."""


class UnknownFeedError(Exception):
    """A feed was asked for that is not in the tables; the message names those that are."""


class Shown(NamedTuple):
    """A part of the report with its answer."""

    question: Question
    charts: tuple[str, str] | None
    alt_text: str
    table: Table


def make_report(
    data: Path,
    *,
    feeds: Sequence[str] = (),
    since: date | None = None,
    until: date | None = None,
) -> str:
    """Return a report of some feeds (all, without one) and days as one HTML page.

    Without days it is the last twelve months of the data. The page asks for nothing: charts are
    pictures in it, its own policy forbids scripts and requests. The same tables give the same
    text. Raises ShelfError without tables or for old ones, UnknownFeedError for a feed that is not
    in them.
    """
    shelf = open_shelf(data)
    titles = feed_titles(shelf)
    selection = _selection(shelf, tuple(titles), feeds, since, until)
    named = [titles[feed] for feed in selection.feeds]
    figures = shelf.frame(find_question("report/key_figures").sql, selection.values())
    return _template().render(
        title=named[0] if len(named) == 1 else "Newsletters and blogs",
        feeds=", ".join(named) if len(named) <= _NAMED_FEEDS else f"{len(named)} feeds",
        selection=selection,
        figures=[(heading_of(name), f"{figures[name].iloc[0]:,}") for name in figures.columns],
        parts=[_show(shelf, selection, part) for part in PARTS],
    )


def write_report(path: Path, html: str) -> None:
    """Put a report at a path in one step: a reader sees the old one whole or the new one."""
    replace_file(path, html.encode())


def _selection(
    shelf: Shelf,
    known: tuple[str, ...],
    feeds: Sequence[str],
    since: date | None,
    until: date | None,
) -> Selection:
    unknown = [feed for feed in feeds if feed not in known]
    if unknown:
        listed = ", ".join(known) or "none"
        raise UnknownFeedError(
            f"there is no feed {unknown[0]!r} in the tables; there are: {listed}"
        )
    oldest, newest = span_of(shelf, since or until or _NO_DAY)
    return select(
        known=known,
        chosen=feeds,
        period=CUSTOM if since or until else DEFAULT_PERIOD,
        oldest=oldest,
        newest=newest,
        since=since,
        until=until,
    )


def _show(shelf: Shelf, selection: Selection, part: Part) -> Shown:
    question = find_question(part.question)
    frame = shelf.frame(question.sql, selection.values())
    return Shown(
        question=question,
        charts=_pictures(part.draw, frame) if part.draw and not frame.empty else None,
        alt_text=part.alt_text,
        table=table_of(frame),
    )


def _pictures(draw: Draw, frame: pd.DataFrame) -> tuple[str, str]:
    """Return a chart, wide and narrow, as addresses that hold the picture itself.

    Pictures and not part of the page: two charts would share the names of their clip paths.
    """
    return _picture(draw(frame), _WIDE), _picture(draw(frame), _NARROW)


def _picture(chart: Any, width: int) -> str:
    drawn = io.StringIO()
    chart.properties(width=width).configure(font="sans-serif").configure_axis(
        labelFontSize=_LETTERS,
        titleFontSize=_LETTERS,
        titleFontWeight="normal",
        labelLimit=_NAME_WIDTH[width],
    ).configure_legend(labelFontSize=_LETTERS).save(drawn, format="svg")
    return "data:image/svg+xml;base64," + base64.b64encode(drawn.getvalue().encode()).decode()


@cache
def _template() -> jinja2.Template:
    text = Path(__file__).with_name("report.html.jinja").read_text(encoding="utf-8")
    environment = jinja2.Environment(
        autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    return environment.from_string(text)
