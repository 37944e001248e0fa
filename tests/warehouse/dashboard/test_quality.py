"""Quality: what the questions answer, the charts and the page."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from warehouse.dashboard.charts import quality as charts
from warehouse.dashboard.shelf import open_shelf, stamp_of
from warehouse.evaluations import evaluation_files, write_evaluation

NOW = datetime(2026, 5, 30, 12, tzinfo=UTC)
ROWS = [
    {"part": "overall", "measured_at": NOW, "right_count": 9, "wrong_count": 1},
    {"part": "feed", "feed_id": "ledger", "measured_at": NOW, "precision": 0.9, "recall": 0.8},
]


def test_shares_tell_what_is_known_of_the_articles_of_a_feed(busy):
    rows = busy.ask("quality/filled").set_index("articles")

    assert rows.loc[35, ["text_share", "topics_share", "author_share"]].tolist() == [1, 1, 0]
    assert rows.loc[13, ["text_share", "sponsored_share"]].tolist() == [0, pytest.approx(1 / 13)]


def test_rejects_come_with_their_reason_and_cure(busy):
    row = busy.ask("quality/rejects").iloc[0]

    assert (row["trouble"], row["part"]) == ("empty entry", "entry 4")
    assert row["what_was_found_and_what_helps"] == "No title, no text. Ask the author."


def test_sources_that_disagree_are_shown_side_by_side(busy):
    rows = busy.ask("quality/conflicts")

    assert rows[["article_id", "differs_in", "other"]].values.tolist() == [
        ["ledger-3", "title", "Else"]
    ]


def test_rules_are_in_the_order_of_what_they_found_doubtful_ones_apart(busy):
    rules = busy.ask("quality/rules")

    assert rules["rule"].iloc[0] == "label+slug"
    assert rules.set_index("rule").loc["pitch+unnamed", "band"] == "doubtful"


def test_an_advertisement_of_another_day_is_listed_with_its_distance(busy):
    row = busy.ask("quality/mismatches").iloc[0]

    assert (row["article_id"], row["days_later"]) == ("ledger-22", 63)


def test_unmarked_advertising_is_counted(busy):
    rows = busy.ask("quality/disclosure").set_index("month_date")

    assert rows.loc["2026-02-01", ["marked", "unmarked", "without_a_name"]].tolist() == [4, 1, 1]


@pytest.mark.parametrize("name", ["rules", "filled_months", "disclosure"])
def test_charts_can_be_drawn_of_a_single_row(busy, name):
    frame = busy.ask(f"quality/{name}").head(1)

    assert getattr(charts, name)(frame).to_dict()["$schema"]


def test_what_was_measured_is_shown_and_measuring_again_replaces_it(shelf_copy):
    labels = [Path("gold.jsonl")]
    before = stamp_of(shelf_copy)
    write_evaluation(shelf_copy, labels, ROWS)
    write_evaluation(shelf_copy, labels, ROWS[:1])

    rows = open_shelf(shelf_copy).frame("from evaluations.sponsors", {})

    assert stamp_of(shelf_copy) != before
    assert len(evaluation_files(shelf_copy)) == 1
    assert rows[["labels", "part", "right_count"]].values.tolist() == [["gold.jsonl", "overall", 9]]


def test_labels_of_the_same_name_elsewhere_are_another_measurement(shelf_copy):
    for folder in ("one", "other"):
        write_evaluation(shelf_copy, [Path(folder) / "gold.jsonl"], ROWS)

    assert open_shelf(shelf_copy).frame("from evaluations.sponsors", {})["part"].size == 4


@pytest.mark.parametrize("part", ["How right", "How complete", "What went wrong", "Advertising"])
def test_every_part_of_the_page_can_be_opened_by_its_address(app, part):
    page = app("quality", check=part)

    assert not page.exception
    assert page.subheader


def test_the_page_names_the_command_that_measures_while_nothing_is_measured(app):
    page = app("quality")

    assert any("feedhouse eval LABELS.jsonl" in each.value for each in page.caption)
