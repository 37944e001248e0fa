"""The real thing without a browser: daemon, queue, sensors and a run process of its own."""

import json
import os
import re
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from urllib.request import Request, urlopen

import dagster as dg
import pytest

from orchestration.instance import open_instance
from orchestration.places import Places
from tests.transforms.conftest import item, rss
from warehouse import connect
from warehouse.landing import Attempt, Landing
from warehouse.lock import writer_lock

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]

WAIT_SECONDS = 120


@pytest.fixture
def places(tmp_path):
    data = tmp_path / "data"
    data.mkdir()
    (data / "feeds.toml").write_text('[[feed]]\nid = "letter"\n')
    return Places(data=data, feeds=data / "feeds.toml")


@contextmanager
def started_dev(places, **options):
    """Start `feedhouse dev` and yield it when it says where it is."""
    environment = {**os.environ, "FEEDHOUSE_DATA": str(places.data), "FEEDHOUSE_FEEDS": ""}
    with subprocess.Popen(
        [sys.executable, "-m", "orchestration", "dev"],
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
        **options,
    ) as server:
        try:
            server.address = re.search(r"http://127\.0\.0\.1:\d+", server.stdout.readline())[0]
            yield server
        finally:
            server.send_signal(signal.SIGTERM)


@contextmanager
def running_dev(places):
    """Run `feedhouse dev`, and stop it as a service manager does."""
    with started_dev(places) as server:
        yield server.address
        server.send_signal(signal.SIGTERM)
        rest = server.stdout.read()
    assert (server.returncode, rest) == (0, "stopped\n")


def wait_for(look):
    """Return what a look finds as soon as it does; there is nothing to wait on but the clock."""
    deadline = time.monotonic() + WAIT_SECONDS
    while time.monotonic() < deadline:
        if found := look():
            return found
        time.sleep(0.5)
    raise AssertionError("waited in vain")


def wait_for_end(instance, run_id=None):
    """Return a run that ended: the given one, or any."""
    return wait_for(
        lambda: next(
            (r for r in instance.get_runs() if r.is_finished and run_id in {None, r.run_id}), None
        )
    )


LAUNCH = """mutation ($config: RunConfigData!) {
  launchRun(executionParams: {
    selector: {
      repositoryLocationName: "orchestration.definitions"
      repositoryName: "__repository__"
      jobName: "refresh"
    }
    runConfigData: $config
  }) { ... on LaunchRunSuccess { run { runId } } }
}"""
CANCEL = """mutation ($run: String!) {
  terminateRun(runId: $run) { __typename }
}"""
OFFLINE = {"ops": {"raw__landing": {"config": {"is_offline": True}}}}


def ask(address, query, **variables):
    """Return the answer of the UI's own interface."""
    body = json.dumps({"query": query, "variables": variables}).encode()
    request = Request(f"{address}/graphql", body, {"Content-Type": "application/json"})
    with urlopen(request, timeout=WAIT_SECONDS) as answer:
        return json.load(answer)["data"]


def launch(address):
    return ask(address, LAUNCH, config=json.dumps(OFFLINE))["launchRun"]["run"]["runId"]


def has_waited(instance, run_id):
    events = (e.dagster_event for e in instance.all_logs(run_id) if e.is_dagster_event)
    return any(event.is_step_up_for_retry for event in events)


def land(places, slug):
    attempt = Attempt(
        feed_id="letter",
        fetched_at=datetime.now(UTC),
        outcome="imported",
        source_uri=f"file:///{slug}.xml",
    )
    Landing(places.landing).land(attempt, rss(item("<p>Words.</p>", title=slug, slug=slug)))


def tables_of(places):
    return {path: path.read_bytes() for path in [*places.data.rglob("*.parquet"), places.warehouse]}


def processes_of(places, command=""):
    """Return the processes that were started for a data directory, by what they are."""
    paths = (path for path in Path("/proc").iterdir() if path.name.isdigit())
    mark = f"DAGSTER_HOME={places.dagster_home}"
    return [
        int(path.name)
        for path in paths
        if mark in _text(path / "environ") and command in _text(path / "cmdline")
    ]


def _text(path):
    try:
        return path.read_text(errors="replace")
    except OSError:  # it ended meanwhile, or is somebody else's
        return ""


def test_a_file_in_the_inbox_is_in_the_warehouse_soon_after(places):
    inbox = places.data / "inbox" / "letter"
    inbox.mkdir(parents=True)
    window = inbox / "window.xml"
    window.write_bytes(rss(item("<p>Words about caching.</p>")))
    settled = time.time() - 60
    os.utime(window, (settled, settled))

    with running_dev(places), open_instance(places.dagster_home) as instance:
        run = wait_for_end(instance)

        assert run.status == dg.DagsterRunStatus.SUCCESS
        assert run.tags["dagster/sensor_name"] == "inbox_files"
        with connect(places.data) as con:
            assert con.execute("select feed_id from core.articles").fetchall() == [("letter",)]
        assert processes_of(places)

    assert not processes_of(places)


def test_a_process_that_ends_by_itself_ends_the_others_and_is_named(places):
    with started_dev(places, stderr=subprocess.PIPE) as server:
        (daemon,) = processes_of(places, "dagster._daemon")
        os.kill(daemon, signal.SIGKILL)

        _, told = server.communicate(timeout=WAIT_SECONDS)

    assert server.returncode == 1
    assert "daemon of the Dagster UI ended by itself" in " ".join(told.split())
    assert not processes_of(places)


def test_started_in_the_background_of_a_shell_it_stops_all_the_same(places):
    ignored = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        with running_dev(places):
            assert processes_of(places, "code-server")
    finally:
        signal.signal(signal.SIGINT, ignored)
    assert not processes_of(places)


def test_a_run_that_is_cancelled_leaves_the_tables_and_the_next_one_goes_on(places):
    land(places, "one")
    with running_dev(places) as address, open_instance(places.dagster_home) as instance:
        assert wait_for_end(instance, launch(address)).status == dg.DagsterRunStatus.SUCCESS
        before = tables_of(places)
        land(places, "two")

        with writer_lock(places.data, "import"):
            waiting = launch(address)
            wait_for(lambda: has_waited(instance, waiting))
            ask(address, CANCEL, run=waiting)
            cancelled = wait_for_end(instance, waiting)

        assert cancelled.status == dg.DagsterRunStatus.CANCELED
        assert tables_of(places) == before
        assert wait_for_end(instance, launch(address)).status == dg.DagsterRunStatus.SUCCESS
        with connect(places.data) as con:
            assert con.execute("select count(*) from core.articles").fetchone() == (2,)
