"""The pages, in the order of the navigation: each a function that draws a view.

The folder is not called `pages`: Streamlit would take every module in it for a page of its own.
"""

from collections.abc import Callable
from typing import NamedTuple

from warehouse.dashboard.screens import articles, cadence, overview, quality, sponsors, topics
from warehouse.dashboard.view import View


class Screen(NamedTuple):
    """A page of the dashboard; `path` is its address."""

    path: str
    title: str
    icon: str
    draw: Callable[[View], None]


SCREENS = (
    Screen("overview", "Overview", ":material/home:", overview.draw),
    Screen("sponsors", "Sponsors", ":material/paid:", sponsors.draw),
    Screen("topics", "Topics", ":material/label:", topics.draw),
    Screen("cadence", "Cadence", ":material/calendar_month:", cadence.draw),
    Screen("articles", "Articles", ":material/article:", articles.draw),
    Screen("quality", "Quality", ":material/fact_check:", quality.draw),
)
