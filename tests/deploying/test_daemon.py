"""The real thing without a browser: daemon, queue, sensors and a run process of its own."""

import os
import re
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

import dagster as dg
import pytest

from orchestration.instance import open_instance
from orchestration.places import Places
from tests.transforms.conftest import item, rss
from warehouse import connect

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]

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
            assert re.search(r"http://127\.0\.0\.1:\d+", server.stdout.readline())
            yield server
        finally:
            server.send_signal(signal.SIGTERM)


@contextmanager
def running_dev(places):
    """Run `feedhouse dev`, and stop it as a service manager does."""
    with started_dev(places) as server:
        yield
        server.send_signal(signal.SIGTERM)
        rest = server.stdout.read()
    assert (server.returncode, rest) == (0, "stopped\n")


def wait_for_end(instance):
    """Return the run that ended; there is nothing to wait on but the clock."""
    deadline = time.monotonic() + WAIT_SECONDS
    while time.monotonic() < deadline:
        ended = [run for run in instance.get_runs() if run.is_finished]
        if ended:
            return ended[0]
        time.sleep(0.5)
    raise AssertionError("no run ended")


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
