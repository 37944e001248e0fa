"""What a process does not load or open that has no use for it: most runs find nothing new."""

import os
import subprocess
import sys
from datetime import UTC, datetime

import pytest

from orchestration.places import Places
from orchestration.running import RunRequest, run_refresh
from tests.transforms.conftest import item, rss
from warehouse.landing import Attempt, Landing

NOW = datetime(2026, 5, 31, tzinfo=UTC)
READERS = ("feedparser", "tldextract", "requests", "trafilatura", "bs4", "scipy", "ruptures")
CLIENTS = ("httpcore", "h2", "altair", "streamlit")
FEW_CONNECTIONS = 20
"""Of a run with 220 events, where Dagster by itself opens one for each and more."""

_connected: list[str] = []


def _listen(event, arguments):
    if event == "sqlite3.connect":
        _connected.append(str(arguments[0]))


@pytest.fixture
def places(tmp_path):
    feeds = tmp_path / "feeds.toml"
    feeds.write_text('[[feed]]\nid = "letter"\n')
    made = Places(data=tmp_path / "data", feeds=feeds)
    attempt = Attempt(
        feed_id="letter", fetched_at=NOW, outcome="imported", source_uri="file:///window.xml"
    )
    Landing(made.landing).land(attempt, rss(item("<p>Words about caching.</p>")))
    run_refresh(RunRequest(places=made, is_offline=True, moment=NOW))
    return made


def loaded_after(statement, environment=()):
    """Return which of the modules that are to stay away a new process has after a statement."""
    told = f"{statement}; import sys; print(*sorted(set(sys.modules) & {{*{READERS + CLIENTS}}}))"
    result = subprocess.run(
        [sys.executable, "-c", told],
        env={**os.environ, **dict(environment)},
        capture_output=True,
        text=True,
        check=True,
    )
    return result.stdout.splitlines()[-1].split()


@pytest.mark.slow
def test_the_definitions_load_neither_what_fetches_nor_what_reads():
    assert loaded_after("import orchestration.definitions") == []


@pytest.mark.slow
def test_a_run_that_finds_nothing_new_loads_neither_what_fetches_nor_what_reads(places):
    environment = {"FEEDHOUSE_DATA": str(places.data), "FEEDHOUSE_FEEDS": str(places.feeds)}
    run = "import sys; sys.argv[1:] = ['run', '--offline']; from orchestration.cli import app"

    assert loaded_after(f"{run}; app(standalone_mode=False)", environment) == []


@pytest.mark.slow
def test_the_history_of_a_run_is_written_through_a_few_connections(places):
    sys.addaudithook(_listen)  # one cannot be taken away again
    _connected.clear()

    run_refresh(RunRequest(places=places, is_offline=True, moment=NOW))

    history = [path for path in _connected if str(places.dagster_home) in path]
    assert 0 < len(history) < FEW_CONNECTIONS
