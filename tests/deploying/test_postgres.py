"""Dagster's history in a real PostgreSQL, as the README tells to set it up."""

import getpass
import os
import shutil
import socket
import subprocess
import tempfile
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import dagster as dg
import pytest

from orchestration.definitions import defs
from orchestration.instance import open_instance
from orchestration.places import Places
from orchestration.resources import Clock
from orchestration.running import RunRequest, run_refresh
from tests.transforms.conftest import item, rss
from warehouse.landing import Attempt, Landing

pytestmark = [pytest.mark.postgres, pytest.mark.slow]

NOW = datetime(2026, 5, 31, tzinfo=UTC)
STORAGE = """
storage:
  postgres:
    postgres_url:
      env: FEEDHOUSE_POSTGRES
"""


def find_program(name):
    """Return a program of PostgreSQL; Debian keeps the server's out of the path."""
    found = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
    return shutil.which(name) or (str(found[-1]) if found else None)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def running_server(folder, port):
    """Run a PostgreSQL server; root may not, and lends it to nobody."""
    user = getpass.getuser()
    if os.geteuid() == 0:
        user = "nobody"
        shutil.chown(folder, user)

    def call(program, *arguments):
        subprocess.run(
            [find_program(program), *arguments],
            user=user,
            cwd=folder,
            env={**os.environ, "HOME": str(folder)},
            stdout=subprocess.DEVNULL,
            check=True,
        )

    cluster = str(folder / "cluster")
    options = f"-c listen_addresses=127.0.0.1 -c unix_socket_directories= -c port={port}"
    call("initdb", "-D", cluster, "-U", "feedhouse", "-A", "trust", "--no-sync")
    call("pg_ctl", "-D", cluster, "-w", "-o", options, "-l", str(folder / "log"), "start")
    try:
        yield
    finally:
        call("pg_ctl", "-D", cluster, "-w", "-m", "immediate", "stop")


@pytest.fixture(scope="module")
def postgres(tmp_path_factory):
    """The address of an empty database."""
    pytest.importorskip("dagster_postgres", reason="dagster-postgres is not installed")
    if not (find_program("initdb") and find_program("pg_ctl")):
        pytest.skip("PostgreSQL's server is not installed")
    folder = tmp_path_factory.mktemp("postgres")
    shared = Path(tempfile.gettempdir())
    for parent in [folder, *folder.parents]:
        if parent.is_relative_to(shared) and parent != shared:
            parent.chmod(0o755)  # nobody has to get there
    port = free_port()
    with running_server(folder, port):
        yield f"postgresql+psycopg2://feedhouse@127.0.0.1:{port}/postgres"


@pytest.fixture
def places(tmp_path, postgres, monkeypatch):
    monkeypatch.setenv("FEEDHOUSE_POSTGRES", postgres)
    feeds = tmp_path / "feeds.toml"
    feeds.write_text('[[feed]]\nid = "letter"\n')
    made = Places(data=tmp_path / "data", feeds=feeds)
    made.dagster_home.mkdir(parents=True)
    packaged = Path("orchestration/dagster.yaml").read_text(encoding="utf-8")
    (made.dagster_home / "dagster.yaml").write_text(packaged + STORAGE)
    attempt = Attempt(
        feed_id="letter", fetched_at=NOW, outcome="imported", source_uri="file:///window.xml"
    )
    Landing(made.landing).land(attempt, rss(item("<p>Words.</p>")))
    return made


def test_runs_assets_and_checks_are_kept_in_postgres(places):
    run_refresh(RunRequest(places=places, is_offline=True, moment=NOW))

    with open_instance(places.dagster_home) as instance:
        (run,) = instance.get_runs(limit=1)
        event = instance.get_latest_materialization_event(dg.AssetKey(["core", "articles"]))
        assert "Postgres" in type(instance.event_log_storage).__name__
        assert run.status == dg.DagsterRunStatus.SUCCESS
        assert event.asset_materialization.metadata["dagster/row_count"].value == 1
    assert not list(places.dagster_home.rglob("*.db"))


def test_the_history_in_postgres_is_tidied(places):
    run_refresh(RunRequest(places=places, is_offline=True, moment=NOW))

    with open_instance(places.dagster_home) as instance:
        result = defs.resolve_job_def("tidy_history").execute_in_process(
            instance=instance,
            resources={**defs.resources, "clock": Clock(moment="2999-01-01T00:00:00+00:00")},
        )
        assert result.success
        assert [run.job_name for run in instance.get_runs()] == ["tidy_history"]
