"""`feedhouse history` as a user has it."""

import json
from dataclasses import replace
from datetime import timedelta

import dagster as dg
import pytest

from orchestration.assets.history import FEED_PARTITIONS, HISTORY_KEY
from orchestration.instance import open_instance
from tests.orchestration.command import run_command
from tests.orchestration.history_origin import services

FEEDS = '[[feed]]\nid = "letter"\nurl = "{url}"\nallow_private = true\n[[feed]]\nid = "files"\n'


@pytest.fixture(scope="module")
def letter():
    publication = services.site("substack").publication
    return services.Site(replace(publication, posts=publication.posts[-26:]))


@pytest.fixture
def history(tmp_path, origin):
    feeds = tmp_path / "feeds.toml"
    feeds.write_text(FEEDS.format(url=origin.url("/feed")))
    environment = {"FEEDHOUSE_DATA": str(tmp_path / "data"), "FEEDHOUSE_FEEDS": str(feeds)}
    return lambda *arguments: run_command(environment, *arguments)


ASK = ("history", "letter", "--source", "substack", "--source", "sitemap", "--spacing", "0")


def test_a_dry_run_says_how_many_requests_and_lands_nothing(history, origin, letter, tmp_path):
    services.serve_substack(origin, letter)

    result = history(*ASK, "--dry-run")

    assert result.status == 0
    assert "letter: substack: would take exactly 26 more; 5 asked to find out" in result.out
    assert not (tmp_path / "data").exists()


def filled(tmp_path, feed_id="letter"):
    """Return what the UI shows of a feed's partition of history, and how many runs it lists."""
    with open_instance(tmp_path / "data" / "dagster") as kept:
        assert kept.get_dynamic_partitions(FEED_PARTITIONS.name) == [feed_id]
        assert kept.get_materialized_partitions(HISTORY_KEY) == {feed_id}
        event = kept.get_latest_materialization_event(HISTORY_KEY).asset_materialization
        runs = [(run.job_name, run.status) for run in kept.get_runs()]
    return {name: value.value for name, value in event.metadata.items()}, runs


def test_a_walk_fills_the_partition_of_its_feed_in_the_ui_as_the_job_there_does(
    history, origin, letter, tmp_path
):
    services.serve_substack(origin, letter)

    history("history", "letter", "--source", "substack", "--spacing", "0")

    told, runs = filled(tmp_path)
    assert (told["requests"], told["landed"], told["stopped"]) == (31, 31, 0)
    assert "| letter | substack | complete |" in told["walks"]
    assert runs == [("backfill_history", dg.DagsterRunStatus.SUCCESS)]


def test_what_cannot_be_asked_for_leaves_no_failed_run(history, tmp_path):
    history("history", "letter", "files")

    assert not (tmp_path / "data" / "dagster").exists()


@pytest.mark.slow
def test_the_past_comes_back_and_its_months_are_proved(history, origin, letter):
    services.serve_substack(origin, letter)
    services.serve_sitemap(origin, letter)

    asked = history(*ASK)
    assert history("run", "--offline").status == 0
    coverage = history("history", "letter", "--coverage")
    counted = history("sql", "select count(*) from core.articles", "--csv")

    assert asked.status == 0
    assert "letter: substack: to its end: 31 requests, 31 landed" in asked.out
    assert "paging_end, slug_chain" in asked.out
    assert "complete" in coverage.out
    assert "missing in" not in coverage.out
    assert counted.out.split() == ["count_star()", "26"]


@pytest.mark.slow
def test_status_tells_which_months_are_complete_and_a_stopped_walk_is_no_failure(
    history, origin, letter
):
    services.serve_feed(origin, letter)
    services.serve_substack(origin, letter)
    services.serve_sitemap(origin, letter)
    services.failing_at(origin, "/sitemap.xml", {0}, services.wall)
    history("run")
    stopped = history(*ASK)
    history("run", "--offline")

    told = history("status", "letter")
    (record,) = json.loads(history("status", "letter", "--json").out)

    assert stopped.status == 1
    assert "letter: sitemap: stopped" in stopped.out
    assert (record["outcome"], record["failures"], record["reason"]) == ("ok", 0, None)
    assert record["months"][0]["coverage"] == "complete"
    assert record["months"][0]["proofs"] == ["paging_end", "slug_chain"]
    assert "complete (paging_end, slug_chain)" in " ".join(told.out.split())


def test_a_spent_budget_is_told_and_ends_with_status_1(history, origin, letter):
    services.serve_substack(origin, letter)

    stopped = history(*ASK, "--max-requests", "9")
    ended = history(*ASK)

    assert stopped.status == 1
    assert "7 requests, 7 landed" in stopped.out
    assert "run it again to go on" in stopped.out
    assert "24 requests, 24 landed, 7 had before" in ended.out


def test_an_archive_on_disk_is_imported_for_the_feed(history, letter, tmp_path):
    (tmp_path / "feeds.toml").write_text(FEEDS.format(url=f"{letter.truth.home_url}/feed"))
    path = tmp_path / "crawl.warc.gz"
    path.write_bytes(services.warc_of(letter, services.captures_of(letter, timedelta(days=30))))

    result = history("history", "letter", "--from", str(path))

    assert result.status == 0
    assert "landed for letter, 0 known" in result.out
    told, runs = filled(tmp_path)
    assert told["landed"] > 0
    assert "crawl.warc.gz" in told["files"]
    assert runs == []


@pytest.mark.parametrize(
    ("arguments", "status", "told"),
    [
        (("history", "lettre"), 1, "unknown feed id 'lettre'"),
        (("history", "letter", "--source", "attic"), 2, "is no source"),
        (("history", "letter", "--source", "pages"), 1, "allow_pages = true"),
        (("history", "files"), 1, "has no url"),
        (("history",), 2, "Missing argument"),
        (("history", "letter", "--from", "none.warc"), 1, "no such file"),
    ],
)
def test_wrong_usage_is_one_clear_line(history, arguments, status, told):
    result = history(*arguments)

    assert result.status == status
    assert told in result.out + result.err
    assert "Traceback" not in result.err


def test_import_keeps_what_stands_before_the_cut_of_a_web_archive(history, letter, tmp_path):
    (tmp_path / "feeds.toml").write_text(FEEDS.format(url=f"{letter.truth.home_url}/feed"))
    whole = services.warc_of(letter, services.captures_of(letter, timedelta(days=20)))
    path = tmp_path / "crawl.warc.gz"
    path.write_bytes(whole[: len(whole) // 2])

    result = history("import", str(path))

    assert result.status == 1
    assert "responses landed for letter" in result.out
    assert "damaged or cut after" in result.out
    assert "landed. Read them with: feedhouse run --offline" in result.out
