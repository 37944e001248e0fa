"""The pages, in the order of the navigation: each a function that draws a view.

The folder is not called `pages`: Streamlit would take every module in it for a page of its own.
"""

from collections.abc import Callable
from typing import NamedTuple

from warehouse.dashboard.screens import articles, cadence, overview, quality, sponsors, topics
from warehouse.dashboard.view import View


class Screen(NamedTuple):
    """A page of the dashboard; `path` is its address.

    `prepare` asks what the page opens with, so that the answers are kept when it is opened.
    """

    path: str
    title: str
    icon: str
    draw: Callable[[View], None]
    prepare: Callable[[View], None]


SCREENS = (
    Screen("overview", "Overview", ":material/home:", overview.draw, overview.prepare),
    Screen("sponsors", "Sponsors", ":material/paid:", sponsors.draw, sponsors.prepare),
    Screen("topics", "Topics", ":material/label:", topics.draw, topics.prepare),
    Screen("cadence", "Cadence", ":material/calendar_month:", cadence.draw, cadence.prepare),
    Screen("articles", "Articles", ":material/article:", articles.draw, articles.prepare),
    Screen("quality", "Quality", ":material/fact_check:", quality.draw, quality.prepare),
)
