"""Placements beside labels made by hand."""

import json
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from orchestration.evaluation import EvaluationError, evaluate, is_same, measured_rows
from orchestration.normalise import normalise
from orchestration.registry import FeedEntry, Registry
from tests.orchestration.command import run_command
from tests.transforms.conftest import item, rss
from warehouse.evaluations import evaluation_files
from warehouse.landing import Attempt

REGISTRY = Registry(path=Path("feeds.toml"), feeds=(FeedEntry(id="load-letter"),))
PAID = '<h2><a href="https://{0}/x">Ship it (Sponsored)</a></h2><p>Copy.</p><hr><p>Words.</p>'
GUID = "https://letters.news.example/p/"


@pytest.fixture
def core(landing, tmp_path):
    items = [
        item(PAID.format("quarrygate.io"), slug="1", title="One"),
        item(PAID.format("fernbase.dev"), slug="2", title="Two"),
        item("<p>Nothing paid.</p>", slug="3", title="Three"),
    ]
    now = datetime(2026, 5, 30, 18, tzinfo=UTC)
    landing.land(
        Attempt(feed_id="load-letter", fetched_at=now, outcome="ok", source_uri="x"), rss(*items)
    )
    normalise(landing, tmp_path / "core", REGISTRY)
    return tmp_path / "core"


def labels(tmp_path, *issues):
    path = tmp_path / "labels.jsonl"
    path.write_text("\n".join(json.dumps(issue) for issue in issues), encoding="utf-8")
    return path


def test_found_missed_and_false_placements_are_counted(core, tmp_path):
    path = labels(
        tmp_path,
        {"feed": "load_letter", "guid": f"{GUID}1", "sponsors": [{"domain": "quarrygate.io"}]},
        {"feed": "load_letter", "guid": f"{GUID}2", "sponsors": []},
        {"feed": "load_letter", "guid": f"{GUID}3", "sponsors": [{"name": "Skerry"}]},
    )

    evaluation = evaluate(core, [path])

    score = evaluation.overall
    assert (score.found, score.false, score.wanted, score.clean, score.flagged) == (1, 1, 2, 1, 1)
    assert (score.precision, score.recall) == (0.5, 0.5)
    assert evaluation.misses == [("load-letter", f"{GUID}3", "Skerry")]
    assert [row[2] for row in evaluation.false] == ["Fernbase"]
    assert set(evaluation.rules) == {"label-suffix+domain-new"}


def test_house_labels_count_neither_way(core, tmp_path):
    house = [{"domain": "fernbase.dev", "house": True}]
    path = labels(tmp_path, {"feed": "load_letter", "guid": f"{GUID}2", "sponsors": house})

    score = evaluate(core, [path]).overall

    assert (score.found, score.false, score.wanted, score.flagged) == (0, 0, 0, 0)


def test_labels_of_a_document_are_matched_by_title(core, tmp_path):
    path = tmp_path / "gold.json"
    placement = {"sponsor": "Quarry Gate", "sponsor_aliases": ["QuarryGate"]}
    article = {"title": "One", "published_at_utc": None, "sponsor_placements": [placement]}
    path.write_text(json.dumps({"articles": [article]}), encoding="utf-8")

    assert evaluate(core, [path]).overall.recall == 1.0


def test_issues_that_are_not_in_the_tables_are_told(core, tmp_path):
    path = labels(tmp_path, {"feed": "else", "guid": "g", "sponsors": [{"name": "Skerry"}]})

    evaluation = evaluate(core, [path])

    assert (evaluation.absent, evaluation.overall.recall) == (1, 0.0)


@pytest.mark.parametrize("line", ["no json", '{"feed": "a"}', "[1]", '{"sponsors": []}'])
def test_a_line_that_is_no_label_is_named_with_its_cure(core, tmp_path, line):
    path = tmp_path / "labels.jsonl"
    path.write_text(line, encoding="utf-8")

    with pytest.raises(EvaluationError, match="line 1 is no label; write"):
        evaluate(core, [path])


def test_a_missing_file_is_named_with_its_cure(core, tmp_path):
    with pytest.raises(EvaluationError, match="is not there; name a file of labels"):
        evaluate(core, [tmp_path / "none.jsonl"])


@pytest.mark.parametrize(
    ("label", "row", "is_equal"),
    [
        ({"domain": "www.acme.co.uk"}, {"sponsor_domain": "acme.co.uk"}, True),
        ({"name": "Acme Cloud"}, {"sponsor_name": "Acme"}, True),
        ({"domain": "acme.io"}, {"sponsor_name": "Acme Cloud"}, True),
        ({"name": "Ab"}, {"sponsor_name": "Abacus"}, False),
        ({"name": "Acme"}, {"sponsor_name": None, "sponsor_domain": None}, False),
    ],
)
def test_a_sponsor_is_the_same_by_domain_or_by_name(label, row, is_equal):
    assert is_same(label, row) is is_equal


def test_what_is_kept_of_a_measurement_has_a_row_overall_and_for_feeds_and_rules(core, tmp_path):
    path = labels(
        tmp_path,
        {"feed": "load_letter", "guid": f"{GUID}1", "sponsors": [{"domain": "quarrygate.io"}]},
        {"feed": "load_letter", "guid": f"{GUID}2", "sponsors": []},
        {"feed": "load_letter", "guid": f"{GUID}3", "sponsors": [{"name": "Skerry"}]},
    )

    overall, feed, rule = measured_rows(evaluate(core, [path]), datetime(2026, 6, 1, tzinfo=UTC))

    assert (overall["part"], overall["issue_count"]) == ("overall", 3)
    assert (feed["feed_id"], feed["right_count"], feed["missed_count"]) == ("load-letter", 1, 1)
    assert (rule["rule"], rule["wrong_count"], rule["precision"]) == (
        "label-suffix+domain-new",
        1,
        0.5,
    )
    assert "recall" not in rule


def test_the_command_keeps_what_it_measured_once_for_the_same_labels(core, tmp_path):
    data = tmp_path / "data"
    shutil.copytree(core, data / "core")
    one = {"feed": "load_letter", "guid": f"{GUID}1", "sponsors": [{"domain": "quarrygate.io"}]}
    path = labels(tmp_path, one)

    for _ in range(2):
        assert run_command({"FEEDHOUSE_DATA": str(data)}, "eval", str(path)).status == 0

    (kept,) = evaluation_files(data)
    rows = pq.read_table(kept).to_pylist()
    assert [(row["labels"], row["part"]) for row in rows] == [
        ("labels.jsonl", "overall"),
        ("labels.jsonl", "feed"),
        ("labels.jsonl", "rule"),
    ]
    assert rows[0]["precision"] == 1.0
