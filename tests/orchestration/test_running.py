"""The job itself, run in this process as `feedhouse run` runs it."""

import signal
from datetime import UTC, datetime, timedelta

import dagster as dg
import pytest

from orchestration.places import Places
from orchestration.running import RunRequest, run_refresh
from tests.transforms.conftest import item, rss
from warehouse import connect
from warehouse.landing import Attempt, Landing
from warehouse.lock import WriterBusyError, writer_lock

NOW = datetime(2026, 5, 31, tzinfo=UTC)


@pytest.fixture
def places(tmp_path):
    feeds = tmp_path / "feeds.toml"
    feeds.write_text('[[feed]]\nid = "letter"\nurl = "https://letters.news.example/feed"\n')
    return Places(data=tmp_path / "data", feeds=feeds)


@pytest.fixture
def instance():
    with dg.DagsterInstance.ephemeral() as made:
        yield made


def land(places, body, feed_id="letter", moment=NOW):
    attempt = Attempt(
        feed_id=feed_id, fetched_at=moment, outcome="imported", source_uri="file:///window.xml"
    )
    Landing(places.landing).land(attempt, body)


def run(places, instance):
    return run_refresh(RunRequest(places=places, is_offline=True, moment=NOW), instance)


def files(folder):
    return {path: path.read_bytes() for path in folder.rglob("*.parquet")}


def test_an_offline_run_takes_landed_bytes_to_sql(places, instance):
    land(places, rss(item("<p>Words about caching.</p>")))

    record = run(places, instance)

    assert record.built.is_published
    with connect(places.data) as connection:
        assert connection.execute("select title from core.articles").fetchall() == [("A post",)]
        assert connection.execute("select count(*) from marts.feed_health").fetchall() == [(1,)]


def test_a_second_run_changes_no_byte(places, instance):
    land(places, rss(item("<p>Words.</p>")))
    run(places, instance)
    before = files(places.data)

    run(places, instance)

    assert files(places.data) == before


def test_a_run_over_nothing_gives_an_empty_warehouse(places, instance):
    record = run(places, instance)

    assert record.built.tables["articles"] == 0


def test_every_mart_is_a_parquet_file_too(places, instance):
    record = run(places, instance)

    assert {path.stem for path in places.marts.glob("*.parquet")} == set(record.built.marts)


def test_a_run_while_another_writes_says_who_holds_the_data(places, instance):
    with writer_lock(places.data, "import"), pytest.raises(WriterBusyError, match="import"):
        run(places, instance)


@pytest.mark.slow
def test_an_interrupted_run_leaves_the_old_warehouse_and_the_next_one_goes_on(places, instance):
    land(places, rss(item("<p>Words.</p>")))
    run(places, instance)
    before = places.warehouse.read_bytes()
    land(places, rss(item("<p>Other words.</p>")), moment=NOW + timedelta(hours=1))

    def interrupt(step, done, total):
        if step == "normalise":
            signal.raise_signal(signal.SIGINT)

    request = RunRequest(places=places, is_offline=True, moment=NOW)
    with pytest.raises(KeyboardInterrupt):
        run_refresh(request, instance, interrupt)

    assert places.warehouse.read_bytes() == before
    assert run(places, instance).built.tables["documents"] == 2


def test_an_address_that_refuses_is_an_attempt_and_not_an_error(places, instance):
    places.feeds.write_text('[[feed]]\nid = "letter"\nurl = "http://127.0.0.1:9/feed"\n')
    land(places, rss(item("<p>Words.</p>")))

    record = run_refresh(RunRequest(places=places, moment=NOW), instance)

    assert [attempt.outcome for attempt in record.attempts] == ["refused_address"]
    assert record.normalised.feeds["letter"].new == 1
