"""When things run: configuration that fits the job, automation, upkeep."""

import shutil
from datetime import UTC, datetime, timedelta
from threading import Event

import dagster as dg
import pyarrow.parquet as pq
import pytest

from orchestration.assets.core import core_key, core_tables
from orchestration.assets.raw import landing
from orchestration.assets.warehouse import WAREHOUSE_KEY
from orchestration.definitions import defs
from orchestration.instance import open_instance
from orchestration.places import Places
from orchestration.resources import Clock, House
from orchestration.run_history import delete_old_runs
from orchestration.running import RunRequest, run_refresh
from orchestration.schedules import fetch_config
from tests.transforms.conftest import item, rss
from warehouse.landing import Attempt, Landing

NOW = datetime(2026, 5, 31, tzinfo=UTC)


@pytest.fixture
def places(tmp_path):
    feeds = tmp_path / "feeds.toml"
    feeds.write_text('[[feed]]\nid = "letter"\nurl = "https://letters.news.example/feed"\n')
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


@pytest.fixture
def resources(places):
    return {
        **defs.resources,
        "house": House(data_directory=str(places.data), feeds_file=str(places.feeds)),
        "clock": Clock(moment=NOW.isoformat()),
    }


@pytest.mark.parametrize("schedule", defs.schedules, ids=lambda each: each.name)
def test_a_schedule_gives_its_job_configuration_that_it_takes(schedule):
    with dg.build_schedule_context(scheduled_execution_time=NOW) as context:
        (request,) = schedule.evaluate_tick(context).run_requests

    assert dg.validate_run_config(defs.resolve_job_def(schedule.job_name), request.run_config)


@pytest.mark.slow
def test_the_weekly_run_writes_the_warehouse_whole_and_tells_its_size_before_and_after(
    places, instance, resources
):
    run_of(places, instance)
    (weekly,) = (each for each in defs.schedules if each.name == "weekly_refetch")
    with dg.build_schedule_context(scheduled_execution_time=NOW) as context:
        (request,) = weekly.evaluate_tick(context).run_requests
    before = places.warehouse.stat()

    result = defs.resolve_job_def("refresh").execute_in_process(
        instance=instance,
        resources=resources,
        # As it is, but for the network.
        run_config={"ops": request.run_config["ops"] | fetch_config({"is_offline": True})["ops"]},
    )

    told = result.asset_materializations_for_node("warehouse_and_marts")[0].metadata
    assert places.warehouse.stat().st_ino != before.st_ino
    assert not told["is_unchanged"].value
    assert told["bytes_before"].value == before.st_size
    assert told["bytes"].value == places.warehouse.stat().st_size


def test_schedules_keep_off_the_full_hour():
    assert all(not each.cron_schedule.startswith("0 ") for each in defs.schedules)


def run_of(places, instance, moment=NOW):
    run_refresh(RunRequest(places=places, is_offline=True, moment=moment), instance)


def look(instance, cursor=None):
    """Evaluate the automation conditions as their sensor does."""
    return dg.evaluate_automation_conditions(
        defs, instance=instance, asset_selection=dg.AssetSelection.all(), cursor=cursor
    )


@pytest.mark.slow
def test_after_a_whole_run_automation_has_nothing_to_do(places, instance):
    run_of(places, instance)

    first = look(instance)
    second = look(instance, first.cursor)

    assert second.total_requested == 0


def test_core_made_without_a_load_asks_for_the_load(places, instance, resources):
    run_of(places, instance)
    before = look(instance)
    result = dg.materialize(
        [landing, core_tables],
        instance=instance,
        resources={name: resources[name] for name in ("house", "http", "clock", "record")},
        run_config={"ops": {"raw__landing": {"config": {"is_offline": True}}}},
    )

    after = look(instance, before.cursor)

    assert result.success
    assert after.get_num_requested(WAREHOUSE_KEY) == 1


def test_a_month_made_again_is_what_it_was_and_mends_what_was_lost(places, instance, resources):
    run_of(places, instance)
    path = next(places.core.glob("articles/month=*/part-0.parquet"))
    month, whole = path.parent.name.removeprefix("month="), path.read_bytes()
    path.unlink()

    result = defs.resolve_job_def("rebuild_months").execute_in_process(
        instance=instance, resources=resources, partition_key=month
    )

    assert result.success
    assert path.read_bytes() == whole
    articles = instance.get_latest_materialization_event(core_key("articles"))
    assert articles.asset_materialization.metadata["new"].value == 1


def test_months_not_chosen_keep_what_they_have(places, instance, resources):
    run_of(places, instance)
    path = next(places.core.glob("articles/month=*/part-0.parquet"))
    shutil.rmtree(path.parent)

    defs.resolve_job_def("rebuild_months").execute_in_process(
        instance=instance, resources=resources, partition_key="2011-03", raise_on_error=False
    )

    assert not path.exists()


def test_a_range_of_months_is_one_run(places, instance, resources):
    run_of(places, instance)
    config = {"ops": {"make_months": {"config": {"through": "2026-05"}}}}

    result = defs.resolve_job_def("rebuild_months").execute_in_process(
        instance=instance, resources=resources, partition_key="2026-01", run_config=config
    )

    event = next(e for e in result.all_events if e.event_type_value == "STEP_OUTPUT")
    assert event.step_output_data.metadata["months"].value == 5
    assert pq.read_table(places.marts / "feed_health.parquet").num_rows == 1


def test_old_runs_leave_the_history_and_young_ones_stay(places, instance):
    run_of(places, instance)
    now = datetime.now(UTC)

    kept = delete_old_runs(instance, now, keep_days=1)
    gone = delete_old_runs(instance, now + timedelta(days=2), keep_days=1)

    assert (kept, gone, instance.get_runs_count()) == (0, 1, 0)


@pytest.mark.slow
def test_the_history_of_a_run_is_whole_and_lets_go_of_its_files(places):
    for _ in range(2):
        run_refresh(RunRequest(places=places, is_offline=True, moment=NOW))

    with open_instance(places.dagster_home) as kept:
        assert kept.get_runs_count() == 2
        assert kept.get_latest_materialization_event(WAREHOUSE_KEY)
    assert not list(places.dagster_home.rglob("*.db-wal"))


def test_whoever_looks_at_a_run_that_goes_on_sees_each_event_at_once(places):
    seen, told = Event(), []

    def hear(event, _cursor):
        told.append(event.message)
        if "second" in event.message:
            seen.set()

    with open_instance(places.dagster_home) as kept:
        kept.report_engine_event("the first", run_id="a-run", job_name="refresh")
        kept.watch_event_logs("a-run", None, hear)
        kept.report_engine_event("the second", run_id="a-run", job_name="refresh")

        assert seen.wait(20), told
        kept.end_watch_event_logs("a-run", hear)
