"""The overview: what its questions answer, its charts and the page."""

import pandas as pd

from tests.warehouse.dashboard.busy import HOSTILE
from warehouse.dashboard.charts import overview as charts


def test_the_last_week_is_that_of_the_latest_article_not_of_today(busy):
    row = busy.ask("overview/figures").iloc[0]

    assert pd.Timestamp(row["last_date"]) == pd.Timestamp(2026, 5, 28)
    assert (row["articles_7"], row["articles_before"]) == (3, 2)
    assert (row["sponsors_28"], row["sponsors_before"]) == (3, 1)
    assert (row["feeds"], row["feeds_in_order"]) == (2, 1)


def test_changes_of_the_week_are_new_sponsors_rising_topics_and_failing_feeds(busy):
    changes = busy.ask("overview/changes")

    assert changes[["change", "what"]].values.tolist() == [
        ["new sponsor", HOSTILE],
        ["rising topic", "AI agents"],
        ["feed not read", "Forge"],
    ]


def test_a_feed_that_fails_stands_first_with_what_helps(busy):
    feeds = busy.ask("overview/feeds")

    assert feeds[["feed", "state", "what_to_do"]].values.tolist() == [
        ["Forge", "last try failed", "Too slow."],
        [HOSTILE, "in good order", "Nothing to do."],
    ]


def test_newest_articles_come_with_their_sponsors_and_topics(busy):
    first = busy.ask("overview/newest").iloc[0]

    assert first["article_id"] == "ledger-34"
    assert (first["sponsors"], first["topics"]) == (HOSTILE, "Data")


def test_months_nobody_watched_are_told_from_silent_ones(busy):
    months = busy.ask("overview/coverage")
    forge = months[months["feed"] == "Forge"].set_index("month_date")["state"]

    assert forge["2025-11-01"] == "some articles known"
    assert forge["2026-02-01"] == "not watched"


def test_the_coverage_chart_has_only_states_that_occur_and_crosses_the_unwatched(busy):
    spec = charts.coverage(busy.ask("overview/coverage")).to_dict()
    cells, crosses = spec["layer"]

    assert "watched, no article" not in cells["encoding"]["color"]["scale"]["domain"]
    assert "not watched" in crosses["transform"][0]["filter"]
    assert crosses["mark"]["shape"] == "cross"


def test_the_chart_of_weeks_names_feeds_in_order_of_their_articles(busy):
    spec = charts.published(busy.ask("overview/published")).to_dict()

    assert spec["encoding"]["color"]["scale"]["domain"] == [HOSTILE, "Forge"]
    assert spec["encoding"]["x2"]["field"] == "week_end"


def test_the_page_shows_figures_and_hostile_text_as_text(app):
    page = app("overview")

    assert not page.exception
    assert [metric.label for metric in page.metric] == [
        "Articles in 7 days",
        "Feeds in good order",
        "Sponsors in 28 days",
        "Sold in 28 days",
    ]
    assert page.metric[1].value == "1 of 2"
    assert not any("javascript:" in each.value for each in (*page.markdown, *page.caption))


def test_a_feed_without_a_title_is_called_by_its_id(empty_view):
    assert empty_view.ask("overview/feeds")["feed"].tolist() == ["forge"]


def test_the_page_tells_that_there_is_nothing_when_no_article_is_known(empty_app):
    page = empty_app("overview")

    assert not page.exception
    assert page.metric[0].value == "0"
    assert any("Nothing new" in each.value for each in page.caption)
