"""What assets tell of a run: numbers that plot, previews, checks; and how they fail."""

from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from threading import Event, Thread

import dagster as dg
import pytest

from orchestration.assets.feed_checks import FEED_CHECKS, FeedFacts, check_feeds
from orchestration.assets.raw import REGISTRY_KEY
from orchestration.definitions import defs
from orchestration.places import Places
from orchestration.resources import Clock, House
from orchestration.running import RunRequest, run_refresh
from tests.transforms.conftest import item, rss
from warehouse.landing import Attempt, Landing
from warehouse.lock import WriterBusyError, writer_lock

NOW = datetime(2026, 5, 31, tzinfo=UTC)
FEEDS = """
[[feed]]
id = "letter"
url = "http://reader:hush-token@127.0.0.1:9/feed"
allow_private = true
"""


@pytest.fixture
def places(tmp_path):
    feeds = tmp_path / "feeds.toml"
    feeds.write_text(FEEDS)
    made = Places(data=tmp_path / "data", feeds=feeds)
    attempt = Attempt(
        feed_id="letter", fetched_at=NOW, outcome="imported", source_uri="file:///window.xml"
    )
    Landing(made.landing).land(attempt, rss(item("<p>Words about caching.</p>")))
    return made


@pytest.fixture
def instance():
    with dg.DagsterInstance.ephemeral() as made:
        yield made


def run(places, instance, **choices):
    request = RunRequest(places=places, moment=NOW + timedelta(hours=1), **choices)
    return run_refresh(request, instance)


def metadata(instance, name):
    event = instance.get_latest_materialization_event(dg.AssetKey.from_user_string(name))
    found = event.asset_materialization.metadata
    return {key: value.value for key, value in found.items()}


def check(instance, asset, name):
    key = dg.AssetCheckKey(dg.AssetKey.from_user_string(asset), name)
    records = instance.event_log_storage.get_asset_check_execution_history(key, limit=1)
    return records[0].event.dagster_event.event_specific_data


def test_a_core_table_tells_rows_bytes_and_what_changed(places, instance):
    run(places, instance, is_offline=True)

    told = metadata(instance, "core/articles")

    assert (told["dagster/row_count"], told["new"], told["changed"], told["removed"]) == (
        1,
        1,
        0,
        0,
    )
    assert told["bytes"] > 0


def test_a_second_run_tells_the_same_rows_and_nothing_new(places, instance):
    run(places, instance, is_offline=True)
    run(places, instance, is_offline=True)

    told = metadata(instance, "core/articles")

    assert (told["dagster/row_count"], told["new"]) == (1, 0)


@pytest.mark.slow
def test_the_registry_tells_how_many_feeds_it_has_once_for_each_state_it_is_found_in(
    places, instance
):
    run(places, instance, is_offline=True)
    run(places, instance, is_offline=True)
    places.feeds.write_text(FEEDS + '[[feed]]\nid = "files"\n')
    run(places, instance, is_offline=True)

    events = instance.fetch_materializations(REGISTRY_KEY, limit=9).records
    told = [each.asset_materialization.metadata for each in events]
    assert [(each["feeds"].value, each["followed"].value) for each in told] == [(2, 1), (1, 1)]
    assert told[0]["path"].value == str(places.feeds)


def test_documents_tell_what_came_of_each_feed(places, instance):
    run(places, instance, is_offline=True)

    told = metadata(instance, "core/documents")

    assert (told["documents_read"], told["documents_rejected"], told["articles_new"]) == (1, 0, 1)
    assert "| letter | 1 | 1 | 1 | 0 | 0 |" in told["feeds"]


def test_the_warehouse_tells_the_share_of_articles_with_anything_found(places, instance):
    run(places, instance, is_offline=True)

    told = metadata(instance, "warehouse/feedhouse")

    assert (told["share_with_text"], told["share_with_placements"]) == (1.0, 0.0)
    assert "A post" in told["newest_articles"]


def test_marts_tell_types_of_their_columns_and_previews(places, instance):
    run(places, instance, is_offline=True)

    schema = metadata(instance, "marts/publishing_cadence")["dagster/column_schema"]

    types = {column.name: column.type for column in schema.columns}
    assert types["last_published_at"] == "timestamp[us, tz=UTC]"
    assert "letter" in metadata(instance, "marts/feed_health")["feeds"]
    assert metadata(instance, "marts/sponsor_roster")["top_sponsors"] == "none"


def test_an_empty_house_tells_nothing_and_fails_nowhere(tmp_path, instance):
    feeds = tmp_path / "feeds.toml"
    feeds.write_text("")

    run(Places(data=tmp_path / "data", feeds=feeds), instance)

    assert metadata(instance, "core/articles")["dagster/row_count"] == 0
    assert metadata(instance, "marts/sell_through")["placements_by_month"] == "none"


def test_a_secret_in_an_address_is_in_no_event_of_a_run(places, instance):
    run(places, instance)

    (record,) = instance.get_run_records()
    told = "".join(str(entry) for entry in instance.all_logs(record.dagster_run.run_id))

    assert "unreachable" in told
    assert "hush-token" not in told


def test_a_failing_feed_fails_its_check_and_not_the_run(places, instance):
    for hours in (1, 3, 6):
        moment = NOW + timedelta(hours=hours)
        run_refresh(RunRequest(places=places, moment=moment, host_spacing_seconds=0), instance)

    evaluation = check(instance, "marts/feed_health", "fetching_works")

    assert not evaluation.passed
    assert evaluation.severity == dg.AssetCheckSeverity.ERROR
    assert "letter" in evaluation.metadata["feeds"].value
    assert instance.get_runs()[0].status == dg.DagsterRunStatus.SUCCESS


HEALTHY = {
    "feed_id": "letter",
    "is_active": True,
    "last_fetched_at": NOW,
    "last_ok_at": NOW,
    "last_outcome": "ok",
    "last_reason": None,
    "consecutive_failures": 0,
    "coverage": "complete",
    "gap_count": 0,
    "missed_estimate": 0,
}
ON_TIME = {"feed_id": "letter", "status": "on_time"}


def failing_checks(health, cadence=ON_TIME):
    facts = FeedFacts(health=[HEALTHY | health], cadence=[cadence])
    return {each.name for each in FEED_CHECKS if not check_feeds(each, facts).passed}


@pytest.mark.parametrize(
    ("health", "status", "expected"),
    [
        ({}, "on_time", set()),
        ({}, "late", {"publishers_on_time"}),
        ({}, "silent", {"publishers_on_time"}),
        ({}, "ended", set()),
        ({"consecutive_failures": 2, "last_outcome": "not_found"}, "on_time", set()),
        ({"consecutive_failures": 3, "last_outcome": "not_found"}, "late", {"fetching_works"}),
        ({"consecutive_failures": 3, "last_outcome": "blocked"}, "silent", {"not_walled_off"}),
        ({"consecutive_failures": 1, "last_ok_at": None}, "unknown", {"fetching_works"}),
        ({"consecutive_failures": 9, "is_active": False}, "silent", set()),
        ({"last_fetched_at": None, "last_ok_at": None}, "on_time", set()),
        ({"coverage": "gap"}, "on_time", {"windows_overlap"}),
    ],
)
def test_silence_broken_fetching_and_walls_are_told_apart(health, status, expected):
    assert failing_checks(health, ON_TIME | {"status": status}) == expected


def refresh_in_ui(places, instance, busy_retries):
    return defs.resolve_job_def("refresh").execute_in_process(
        run_config={"ops": {"raw__landing": {"config": {"is_offline": True}}}},
        instance=instance,
        raise_on_error=False,
        resources={
            **defs.resources,
            "clock": Clock(moment=NOW.isoformat()),
            "house": House(
                data_directory=str(places.data),
                feeds_file=str(places.feeds),
                busy_retries=busy_retries,
            ),
        },
    )


@contextmanager
def writing_until_a_run_waits(places, instance):
    """Hold the data directory in another thread until a run was told to come back."""
    held, is_given_up = Event(), Event()

    def write():
        with writer_lock(places.data, "import"):
            held.set()
            while not has_waited(instance) and not is_given_up.wait(0.05):
                pass

    thread = Thread(target=write)
    thread.start()
    held.wait()
    try:
        yield
    finally:
        is_given_up.set()
        thread.join()


def has_waited(instance):
    events = (entry for run in instance.get_runs() for entry in instance.all_logs(run.run_id))
    waits = (e for e in events if e.is_dagster_event and e.dagster_event.is_step_up_for_retry)
    return any(waits)


def test_a_run_that_finds_another_writer_waits_and_goes_on(places, instance, monkeypatch):
    monkeypatch.setattr("orchestration.resources.FIRST_BUSY_WAIT_SECONDS", 0.2)

    with writing_until_a_run_waits(places, instance):
        result = refresh_in_ui(places, instance, busy_retries=4)

    assert result.success
    assert has_waited(instance)


def test_a_run_that_waited_in_vain_says_who_writes_and_leaves_the_tables(places, instance):
    run(places, instance, is_offline=True)
    before = {path: path.read_bytes() for path in places.data.rglob("*.parquet")}

    with writer_lock(places.data, "import"):
        result = refresh_in_ui(places, instance, busy_retries=0)

    failure = next(e for e in result.all_events if e.event_type_value == "STEP_FAILURE")
    assert WriterBusyError.__name__ in str(failure.step_failure_data.error)
    assert "(import, since" in str(failure.step_failure_data.error)
    assert {path: path.read_bytes() for path in places.data.rglob("*.parquet")} == before
