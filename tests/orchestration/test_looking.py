"""Pages to look at: `feedhouse report`, the report as an asset, `feedhouse dashboard`."""

import os
import signal
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.request import urlopen

import dagster as dg
import pytest

from orchestration.assets.report import report
from orchestration.places import Places
from orchestration.resources import House
from orchestration.running import RunRequest, run_refresh
from tests.orchestration.command import run_command
from tests.transforms.conftest import item, rss
from warehouse.landing import Attempt, Landing

NOW = datetime(2026, 5, 31, tzinfo=UTC)
PROGRAM = [sys.executable, "-m", "orchestration"]


@pytest.fixture(scope="module")
def environment(tmp_path_factory):
    """A data directory with a letter in it, as the environment names it."""
    folder = tmp_path_factory.mktemp("looking")
    feeds = folder / "feeds.toml"
    feeds.write_text('[[feed]]\nid = "letter"\n')
    places = Places(data=folder / "data", feeds=feeds)
    attempt = Attempt(
        feed_id="letter", fetched_at=NOW, outcome="imported", source_uri="file:///window.xml"
    )
    Landing(places.landing).land(attempt, rss(item("<p>Words about caching.</p>")))
    with dg.DagsterInstance.ephemeral() as instance:
        run_refresh(RunRequest(places=places, moment=NOW + timedelta(hours=1)), instance)
    return {"FEEDHOUSE_DATA": str(places.data), "FEEDHOUSE_FEEDS": str(feeds)}


def test_a_report_is_written_to_the_data_directory_and_its_path_said(environment):
    result = run_command(environment, "report", "--feed", "letter")
    path = Path(result.out.removeprefix("report: ").strip())

    assert result.status == 0, result.err
    assert path.parts[-3:] == ("data", "reports", "letter.html")
    assert "<title>" in path.read_text(encoding="utf-8")


def test_a_report_goes_where_it_is_told_for_the_days_it_is_told(environment, tmp_path):
    out = tmp_path / "may.html"
    chosen = ["--since", "2026-05-01", "--until", "2026-05-31", "--out", str(out)]
    result = run_command(environment, "report", *chosen)

    assert result.status == 0, result.err
    assert "1 May 2026 to 31 May 2026" in out.read_text(encoding="utf-8")


def test_a_report_of_an_unknown_feed_or_of_nothing_names_the_cure(environment, tmp_path):
    unknown = run_command(environment, "report", "--feed", "lettre")
    nothing = run_command({**environment, "FEEDHOUSE_DATA": str(tmp_path)}, "report")

    assert (unknown.status, nothing.status) == (1, 1)
    assert "there are: letter" in unknown.err
    assert "Build them: feedhouse run" in nothing.err


def test_a_day_that_is_none_is_wrong_usage(environment):
    assert run_command(environment, "report", "--since", "31.5.2026").status == 2


def test_the_report_is_an_asset_with_its_path_and_size(environment):
    house = House(
        data_directory=environment["FEEDHOUSE_DATA"], feeds_file=environment["FEEDHOUSE_FEEDS"]
    )
    config = {"ops": {"exports__report": {"config": {"feeds": ["letter"]}}}}
    result = dg.materialize([report], resources={"house": house}, run_config=config)

    (made,) = result.asset_materializations_for_node("exports__report")
    assert made.metadata["path"].value.endswith("reports/letter.html")
    assert made.metadata["bytes"].value > 10_000


def test_a_report_asset_told_a_day_that_is_none_fails_with_the_cure(environment):
    house = House(data_directory=environment["FEEDHOUSE_DATA"])
    config = {"ops": {"exports__report": {"config": {"since": "May"}}}}

    with pytest.raises(dg.Failure, match="'May' is no day; write it as in 2026-05-31"):
        dg.materialize([report], resources={"house": house}, run_config=config)


def test_the_dashboard_says_where_it_is_and_stops_on_sigterm(environment):
    with subprocess.Popen(
        [*PROGRAM, "dashboard"],
        env={**os.environ, **environment},
        stdout=subprocess.PIPE,
        text=True,
    ) as server:
        try:
            said = server.stdout.readline()
            address = said.removeprefix("Dashboard: ").split()[0]
            with urlopen(f"{address}/_stcore/health") as answer:
                health = answer.read()
        finally:
            server.send_signal(signal.SIGTERM)
            rest = server.stdout.read()

    assert health == b"ok"
    assert (server.returncode, rest) == (0, "stopped\n")
