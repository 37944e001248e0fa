import shutil
from functools import partial

import pytest
from streamlit.testing.v1 import AppTest

from tests.warehouse.dashboard.busy import busy_view
from warehouse.dashboard.selection import Selection
from warehouse.dashboard.shelf import open_shelf
from warehouse.dashboard.view import View


@pytest.fixture(scope="session")
def shelf_data(tmp_path_factory, put, world, build, as_of):
    """A data directory with the small world in it, and no warehouse file."""
    folder = tmp_path_factory.mktemp("dashboard")
    put(folder, world)
    build(folder, as_of)
    (folder / "feedhouse.duckdb").unlink()
    return folder


@pytest.fixture(scope="session")
def shelf(shelf_data):
    return open_shelf(shelf_data)


@pytest.fixture(scope="session")
def whole_view(shelf, as_of):
    """All feeds and days of the small world."""
    titles = dict(shelf.connection.execute("select feed_id, title from core.feeds").fetchall())
    selection = Selection(
        feeds=tuple(sorted(titles)), since=as_of.date().replace(year=2024), until=as_of.date()
    )
    return View(shelf=shelf, selection=selection, feed_titles=titles)


@pytest.fixture(scope="session")
def busy(tmp_path_factory, put, build, as_of):
    """All feeds and days of a world with a story."""
    return busy_view(tmp_path_factory.mktemp("busy"), put, build, as_of)


@pytest.fixture
def shelf_copy(shelf_data, tmp_path):
    """The small world in a folder that a test may write to."""
    shutil.copytree(shelf_data, tmp_path, dirs_exist_ok=True)
    return tmp_path


@pytest.fixture
def app(busy):
    """Return a function that draws a page of the world with a story under an address."""
    return partial(_draw, busy)


@pytest.fixture(scope="session")
def empty_view(tmp_path_factory, put, build, as_of):
    """All of a world in which nothing happened yet: a feed that nobody fetched."""
    folder = tmp_path_factory.mktemp("empty")
    put(folder, {"feeds": [{"feed_id": "forge", "title": None}]})
    build(folder, as_of)
    today = as_of.date()
    selection = Selection(feeds=("forge",), since=today, until=today)
    return View(shelf=open_shelf(folder), selection=selection, feed_titles={"forge": "forge"})


@pytest.fixture
def empty_app(empty_view):
    """The same of a world in which nothing happened yet."""
    return partial(_draw, empty_view)


def _draw(view, screen, **query):
    def script(view, screen):
        from warehouse.dashboard.screens import SCREENS  # noqa: PLC0415 runs by itself

        next(each for each in SCREENS if each.path == screen).draw(view)

    page = AppTest.from_function(script, kwargs={"view": view, "screen": screen})
    page.query_params.update(query)
    return page.run(timeout=60)
