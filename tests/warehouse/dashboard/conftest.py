import pytest

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
