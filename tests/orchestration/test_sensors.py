"""What happens by itself: inbox, registry, alerts; and what does not start by itself."""

import json
import os
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import dagster as dg
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from orchestration.alerts import AlertChannel, AlertError
from orchestration.definitions import defs
from orchestration.registry import RegistryError
from orchestration.resources import Clock, House
from orchestration.sensors import alerts, inbox_files, registry_changes
from tests.transforms.conftest import item, rss
from warehouse.landing import Landing
from warehouse.lock import writer_lock

NOW = datetime(2026, 5, 31, tzinfo=UTC)
FEEDS = '[[feed]]\nid = "letter"\nurl = "https://letters.news.example/feed"\n'


@pytest.fixture
def house(tmp_path):
    feeds = tmp_path / "feeds.toml"
    feeds.write_text(FEEDS)
    return House(data_directory=str(tmp_path / "data"), feeds_file=str(feeds))


@pytest.fixture
def instance():
    with dg.DagsterInstance.ephemeral() as made:
        yield made


@pytest.fixture
def evaluate(house, instance):
    """Evaluate a sensor as the daemon does, with the cursor of the time before."""
    cursors = {}

    def tick(sensor, moment=NOW, channel=None):
        resources = {
            "house": house,
            "clock": Clock(moment=moment.isoformat()),
            "channel": channel or AlertChannel(),
        }
        context = dg.build_sensor_context(
            instance=instance,
            cursor=cursors.get(sensor.name),
            resources={name: resources[name] for name in sensor.required_resource_keys},
        )
        result = sensor(context)
        if isinstance(result, dg.SensorResult):
            cursors[sensor.name] = result.cursor
        return result

    return tick


def put(house, name, body=b"<rss/>", age=timedelta(minutes=5)):
    path = house.places.data / "inbox" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(body)
    written = (NOW - age).timestamp()
    os.utime(path, (written, written))
    return path


def requested(result):
    return [
        request.run_config["ops"]["raw__landing"]["config"] for request in result.run_requests or ()
    ]


def marts(house, *, status="on_time", sponsors=("acme",)):
    folder = house.places.marts
    folder.mkdir(parents=True, exist_ok=True)
    cadence = {
        "feed_id": "letter",
        "status": status,
        "days_since_last": 40.0,
        "median_gap_days": 7.0,
    }
    rows = [{"feed_id": "letter", "sponsor_id": s, "sponsor_name": s.title()} for s in sponsors]
    pq.write_table(pa.Table.from_pylist([cadence]), folder / "publishing_cadence.parquet")
    pq.write_table(pa.Table.from_pylist(rows), folder / "sponsor_roster.parquet")


def told(house):
    path = house.places.data / "alerts.jsonl"
    return [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []


def test_an_empty_inbox_is_skipped(evaluate):
    assert isinstance(evaluate(inbox_files), dg.SkipReason)


def test_a_file_in_the_inbox_is_landed_offline_once(evaluate, house):
    path = put(house, "letter/one.xml")

    first, second = evaluate(inbox_files), evaluate(inbox_files)

    assert requested(first) == [{"is_offline": True, "files": [str(path)]}]
    assert requested(second) == []


def test_a_file_that_was_replaced_is_landed_again(evaluate, house):
    put(house, "one.xml")
    evaluate(inbox_files)
    path = put(house, "one.xml", b"<rss>more</rss>")

    assert requested(evaluate(inbox_files))[0]["files"] == [str(path)]


@pytest.mark.parametrize("name", [".hidden", "half.part"])
def test_files_of_programs_at_work_are_left_alone(evaluate, house, name):
    put(house, name)

    assert isinstance(evaluate(inbox_files), dg.SkipReason)


def test_a_file_still_written_to_waits(evaluate, house):
    put(house, "one.xml", age=timedelta(seconds=2))

    assert isinstance(evaluate(inbox_files), dg.SkipReason)
    assert requested(evaluate(inbox_files, NOW + timedelta(minutes=1)))


@pytest.fixture
def inbox(evaluate, house, instance):
    """Evaluate the inbox's sensor at some minute, and run what it asks for as the daemon does."""

    def tick(minute):
        moment = NOW + timedelta(minutes=minute)
        result = evaluate(inbox_files, moment)
        runs = [
            defs.resolve_job_def("refresh").execute_in_process(
                run_config=request.run_config,
                tags={"dagster/run_key": request.run_key},
                instance=instance,
                raise_on_error=False,
                resources={
                    **defs.resources,
                    "house": House(
                        data_directory=house.data_directory,
                        feeds_file=house.feeds_file,
                        busy_retries=0,
                    ),
                    "clock": Clock(moment=moment.isoformat()),
                },
            )
            for request in (result.run_requests if isinstance(result, dg.SensorResult) else ())
        ]
        told = result.skip_message if isinstance(result, dg.SkipReason) else result.skip_reason
        return [run.success for run in runs], told and getattr(told, "skip_message", told)

    return tick


def test_a_file_whose_run_failed_is_offered_again_after_a_while_and_then_lands(inbox, house):
    put(house, "letter/one.xml", rss(item("<p>Words about caching.</p>")))

    with writer_lock(house.places.data, "import"):
        first = inbox(0)
    waiting = inbox(1)
    second, after = inbox(7), inbox(60)

    assert first == ([False], None)
    assert waiting[0] == []
    assert "tried again from 00:06 UTC, for their run failed: one.xml" in waiting[1]
    assert second == ([True], None)
    assert after == ([], f"nothing new in {house.places.data / 'inbox'}")
    assert len(Landing(house.places.landing).documents("letter")) == 1


@pytest.mark.slow
def test_a_file_that_fails_again_and_again_is_given_up_and_tried_anew_when_it_changes(inbox, house):
    path = put(house, "letter/one.xml", rss(item("<p>Words.</p>")))

    with writer_lock(house.places.data, "import"):
        tries = [inbox(minute)[0] for minute in range(0, 300, 5)]
    given_up = inbox(400)[1]
    os.utime(path, (NOW.timestamp(), NOW.timestamp()))
    touched = inbox(500)

    assert tries.count([False]) == 4
    assert "given up after 4 failed runs: one.xml" in given_up
    assert "touches it" in given_up
    assert touched == ([True], None)


@pytest.mark.slow
def test_what_is_new_does_not_wait_for_what_failed(inbox, house):
    put(house, "letter/one.xml", rss(item("<p>Words.</p>", slug="one")))
    with writer_lock(house.places.data, "import"):
        inbox(0)
    inbox(1)
    put(house, "letter/two.xml", rss(item("<p>Other words.</p>", slug="two")))

    assert inbox(2) == ([True], None)
    assert inbox(7) == ([True], None)
    assert len(Landing(house.places.landing).documents("letter")) == 2


def test_the_cursor_of_an_earlier_version_offers_nothing_twice(evaluate, house, instance):
    path = put(house, "one.xml")
    status = path.stat()
    context = dg.build_sensor_context(
        instance=instance,
        cursor=json.dumps({str(path): f"{status.st_size}-{status.st_mtime_ns}"}),
        resources={"house": house, "clock": Clock(moment=NOW.isoformat())},
    )

    assert isinstance(inbox_files(context), dg.SkipReason)


def test_the_run_of_the_inbox_lands_a_file_for_the_feed_its_folder_names(house, instance):
    path = put(house, "letter/one.xml", rss(item("<p>Words about caching.</p>")))
    config = {"ops": {"raw__landing": {"config": {"is_offline": True, "files": [str(path)]}}}}

    result = defs.resolve_job_def("refresh").execute_in_process(
        run_config=config,
        instance=instance,
        resources={**defs.resources, "house": house, "clock": Clock(moment=NOW.isoformat())},
    )

    landed = result.asset_materializations_for_node("raw__landing")[-1].metadata
    assert (landed["files_landed"].value, landed["files_failed"].value) == (1, 0)
    assert "letter" in landed["files"].value


def test_the_first_look_at_the_registry_asks_nobody(evaluate):
    assert requested(evaluate(registry_changes)) == []


def test_a_new_feed_is_asked_and_the_change_told(evaluate, house):
    evaluate(registry_changes)
    house.places.feeds.write_text(
        FEEDS + '[[feed]]\nid = "notes"\nurl = "https://notes.news.example/feed"\n'
    )

    result = evaluate(registry_changes)

    assert requested(result) == [{"feeds": ["notes"], "is_due_only": False}]
    assert result.asset_events[0].metadata["new_or_changed"].value == "notes"


def test_a_feed_that_was_removed_is_taken_out_offline(evaluate, house):
    evaluate(registry_changes)
    house.places.feeds.write_text("")

    result = evaluate(registry_changes)

    assert requested(result) == [{"is_offline": True}]
    assert result.asset_events[0].metadata["removed"].value == "letter"


def test_an_address_is_not_told_in_the_cursor_of_the_registry(evaluate, house):
    house.places.feeds.write_text('[[feed]]\nid = "l"\nurl = "https://a:secret@news.example/f"\n')

    assert "secret" not in evaluate(registry_changes).cursor


def test_a_mistake_in_the_registry_fails_the_tick_with_its_line(evaluate, house):
    house.places.feeds.write_text('[[feed]]\nid = "x"\nurll = 1\n')

    with pytest.raises(RegistryError, match=r"feeds\.toml"):
        evaluate(registry_changes)


def test_sponsors_known_at_the_first_look_are_no_news(evaluate, house):
    marts(house)

    evaluate(alerts)

    assert told(house) == []


def test_a_new_sponsor_is_told_once(evaluate, house):
    marts(house)
    evaluate(alerts)
    marts(house, sponsors=("acme", "bolt"))

    evaluate(alerts)
    evaluate(alerts)

    assert [(each["kind"], each["subject"]) for each in told(house)] == [
        ("new_sponsor", "letter/bolt")
    ]


def test_a_feed_that_falls_silent_is_told_and_again_after_it_came_back(evaluate, house):
    for status in ("on_time", "silent", "silent", "on_time", "silent"):
        marts(house, status=status)
        evaluate(alerts)

    assert [each["kind"] for each in told(house)] == ["silent_feed", "silent_feed"]


def test_a_failed_run_is_told_once(evaluate, house, instance):
    @dg.op
    def breaks():
        raise ValueError("broken")

    @dg.job
    def broken():
        breaks()

    began = datetime.now(UTC) - timedelta(seconds=5)
    evaluate(alerts, began)
    broken.execute_in_process(instance=instance, raise_on_error=False)

    evaluate(alerts)
    evaluate(alerts)

    assert [(each["kind"], "broken" in each["message"]) for each in told(house)] == [
        ("failed_run", True)
    ]


@pytest.fixture
def webhook(monkeypatch):
    """A server that takes posts, its address in the environment."""
    posts, statuses = [], []

    class Hook(BaseHTTPRequestHandler):
        def do_POST(self):
            posts.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(statuses.pop() if statuses else 204)
            self.end_headers()

        def log_message(self, *_):
            pass

    with HTTPServer(("127.0.0.1", 0), Hook) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{server.server_port}/hook/token"
        monkeypatch.setenv("FEEDHOUSE_ALERT_WEBHOOK", address)
        yield posts, statuses
        server.shutdown()


def test_alerts_are_posted_to_the_webhook_of_the_environment(evaluate, house, webhook):
    marts(house)
    evaluate(alerts)
    marts(house, sponsors=("acme", "bolt"))

    evaluate(alerts)

    assert [post["text"] for post in webhook[0]] == ["Bolt is a new sponsor of letter."]


def test_a_webhook_that_fails_is_tried_again_and_its_address_is_not_told(evaluate, house, webhook):
    marts(house)
    evaluate(alerts)
    marts(house, sponsors=("acme", "bolt"))
    webhook[1].append(500)

    with pytest.raises(AlertError, match="500") as failure:
        evaluate(alerts)
    evaluate(alerts)

    assert "token" not in str(failure.value)
    assert len(webhook[0]) == 2
    assert len(told(house)) == 1


def test_what_asks_hosts_starts_stopped_and_what_looks_at_this_machine_runs():
    sensors = {each.name: each.default_status.value for each in defs.sensors}
    schedules = {each.name: each.default_status.value for each in defs.schedules}

    assert sensors == {
        "inbox_files": "RUNNING",
        "feed_partitions": "RUNNING",
        "registry_changes": "STOPPED",
        "alerts": "RUNNING",
    }
    assert schedules == {
        "hourly_refresh": "STOPPED",
        "daily_refresh": "STOPPED",
        "weekly_refetch": "STOPPED",
        "weekly_tidying": "RUNNING",
    }
