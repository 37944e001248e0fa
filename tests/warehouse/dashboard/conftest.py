import shutil
import sys
import types
from functools import partial

import duckdb
import pyarrow as pa
import pytest
from streamlit.testing.v1 import AppTest

from tests.warehouse.dashboard.busy import busy_view
from warehouse.dashboard.questions import find_question
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
def app(page_of, busy):
    """Return a function that draws a page of the world with a story under an address."""
    return partial(page_of, view=busy)


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
def empty_app(page_of, empty_view):
    """The same of a world in which nothing happened yet."""
    return partial(page_of, view=empty_view)


@pytest.fixture
def given():
    """Return a function that makes tables of rows and returns what asks questions of them."""

    def make(tables):
        con = duckdb.connect()
        con.execute("set TimeZone = 'UTC'; create schema core; create schema marts")
        for name, rows in tables.items():
            table = pa.Table.from_pylist(rows)
            con.register("given_rows", table)
            con.execute(f"create table {name} as from given_rows")

        def ask(name, **values):
            answer = con.sql(find_question(name).sql, params=values).to_arrow_table().to_pylist()
            return [types.SimpleNamespace(**row) for row in answer]

        return ask

    return make


def _draw(screen, view):
    import importlib  # noqa: PLC0415 Streamlit runs the body of this function alone

    importlib.import_module(f"warehouse.dashboard.screens.{screen}").draw(view)


@pytest.fixture
def page_of(monkeypatch):
    """Return a function that runs a page over a view, with what its address says.

    Streamlit makes the page the main module and leaves it so; the one before is put back, for
    processes that other tests start import it.
    """
    monkeypatch.setitem(sys.modules, "__main__", sys.modules["__main__"])

    def run(screen, view, **query):
        page = AppTest.from_function(
            _draw, kwargs={"screen": screen, "view": view}, default_timeout=60
        )
        for name, value in query.items():
            page.query_params[name] = value
        page.run()
        assert not page.exception, page.exception[0].value
        return page

    return run
