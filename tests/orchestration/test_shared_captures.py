"""Real captures beside the project, scored against their labels; skipped where they are absent."""

import json
import subprocess
import sys
from pathlib import Path

import dagster as dg
import pytest

from orchestration.importing import ImportChoice, import_files
from orchestration.places import Places
from orchestration.registry import PACKAGED_REGISTRY, load_registry
from orchestration.running import RunRequest, run_refresh
from warehouse.landing import Landing

SHARED = Path(__file__).parents[3] / "shared"
CAPTURES = sorted(SHARED.glob("seeds/*.txt"))
GOLD = sorted(SHARED.glob("gold/*.json"))
FIRST, BLOGS, STRIPPED, TITLED = (path.stem for path in GOLD) if len(GOLD) == 4 else ("",) * 4

pytestmark = [
    pytest.mark.shared,
    pytest.mark.timeout(300),
    pytest.mark.skipif(len(GOLD) != 4, reason="the captures are not beside the project"),
]


@pytest.fixture(scope="module")
def places(tmp_path_factory):
    return Places(data=tmp_path_factory.mktemp("shared"), feeds=PACKAGED_REGISTRY)


def run(places):
    with dg.DagsterInstance.ephemeral() as instance:
        return run_refresh(RunRequest(places=places, is_offline=True), instance)


@pytest.fixture(scope="module")
def score(places):
    landing, registry = Landing(places.landing), load_registry(places.feeds)
    for path in CAPTURES:
        feed_id = None if path.stem == BLOGS else "bytebytego"
        (outcome,) = import_files(landing, registry, [path], ImportChoice(feed_id=feed_id))
        assert outcome.status == "landed"
    run(places)
    scored = subprocess.run(
        [sys.executable, SHARED / "gold/score.py", places.data, *GOLD, "--json"],
        capture_output=True, text=True, check=True, timeout=60,
    )  # fmt: skip
    return json.loads(scored.stdout)


WHOLE = [
    "title", "url", "published_at", "issue_number", "paywalled", "placement_position", "references",
]  # fmt: skip


@pytest.mark.parametrize("metric", WHOLE)
def test_the_feed_capture_is_read_right(score, metric):
    assert score[FIRST][metric]["share"] == 1.0


def test_the_feed_captures_sponsors_are_found_and_nothing_else(score):
    placements = score[FIRST]["sponsor_placements"]

    assert (placements["tp"], placements["fp"], placements["fn"]) == (14, 0, 0)


def test_the_feed_captures_headings_are_found(score):
    assert score[FIRST]["section_headings"]["R"] >= 0.97
    assert score[FIRST]["section_headings"]["P"] >= 0.97


@pytest.mark.parametrize("capture", range(4))
def test_every_article_of_every_capture_is_one_article(score, capture):
    articles = score[GOLD[capture].stem]["articles"]

    assert (articles["P"], articles["R"]) == (1.0, 1.0)


def test_titles_and_times_of_text_captures_are_read_where_they_stand(score):
    assert score[BLOGS]["title"]["share"] == 1.0
    assert score[TITLED]["title"]["share"] == 1.0
    assert score[TITLED]["published_at"]["share"] == 1.0
    assert score[STRIPPED]["published_at"]["share"] == 1.0


def test_headings_of_a_text_capture_are_found(score):
    assert score[TITLED]["section_headings"]["R"] >= 0.9


def test_importing_and_running_again_changes_no_byte(score, places):
    before = {path: path.read_bytes() for path in places.core.rglob("*.parquet")}
    landing, registry = Landing(places.landing), load_registry(places.feeds)
    again = import_files(
        landing, registry, reversed(CAPTURES[2:]), ImportChoice(feed_id="bytebytego")
    )

    run(places)

    assert {outcome.status for outcome in again} == {"known"}
    assert {path: path.read_bytes() for path in places.core.rglob("*.parquet")} == before
