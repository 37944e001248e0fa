"""The page of topics: what its questions count, what its charts show, where a choice leads."""

from datetime import UTC, date, datetime, timedelta

import pandas as pd
import pytest

from warehouse.dashboard.charts import topics as charts

SINCE, UNTIL = date(2026, 3, 10), date(2026, 5, 20)


def published(article, day, feed="ledger"):
    return {
        "article_id": article,
        "feed_id": feed,
        "published_at": datetime(2026, *day, 12, tzinfo=UTC),
    }


def tagged(article, topic):
    return {"article_id": article, "topic_id": topic}


@pytest.fixture
def ask(given):
    return given(
        {
            "marts.publishing_times": [
                published("a", (1, 5)),
                published("b", (3, 2)),
                published("c", (3, 30)),
                published("d", (5, 25)),
                published("e", (5, 1), feed="forge"),
            ],
            "core.article_topics": [
                tagged("a", "data"),
                tagged("b", "data"),
                tagged("c", "ai"),
                tagged("d", "data"),
                tagged("e", "ai"),
            ],
            "core.topics": [
                {"topic_id": "data", "topic_name": "Data"},
                {"topic_id": "ai", "topic_name": "AI"},
            ],
        }
    )


def test_months_are_whole_and_only_of_the_chosen_feeds(ask):
    rows = ask("topics/months", feeds=["ledger"], since=SINCE, until=UNTIL, rows=9)

    counts = {
        (row.topic_name, row.month): (row.article_count, row.all_article_count) for row in rows
    }
    assert counts == {
        ("Data", "2026-03"): (1, 2),
        ("Data", "2026-05"): (1, 1),
        ("AI", "2026-03"): (1, 2),
        ("AI", "2026-05"): (0, 1),
    }, "April has no article and so no share"


def test_a_share_is_of_three_months_so_that_one_article_does_not_toss_it_about(ask):
    rows = ask("topics/shares", feeds=["ledger"], since=SINCE, until=UNTIL, rows=1)

    shares = {row.month_date: (row.article_count, row.all_article_count) for row in rows}
    assert shares == {
        date(2026, 3, 1): (2, 3),
        date(2026, 4, 1): (1, 2),
        date(2026, 5, 1): (2, 3),
    }
    assert {row.topic_name for row in rows} == {"Data"}


def test_a_topic_rises_by_its_share_not_by_its_articles(given):
    until = date(2026, 5, 20)
    recent = [(f"n{n}", n) for n in range(1, 9)]
    before = [(f"o{n}", 100 + n) for n in range(4)]
    noon = datetime(2026, 5, 20, 12, tzinfo=UTC)
    ask = given(
        {
            "marts.publishing_times": [
                {"article_id": article, "feed_id": "ledger", "published_at": noon - timedelta(days)}
                for article, days in recent + before
            ],
            "core.article_topics": [tagged(article, "data") for article, _ in recent[:4]]
            + [tagged(article, "data") for article, _ in before[:3]]
            + [tagged(article, "ai") for article, _ in recent[:5]]
            + [tagged("o0", "rare")],
            "core.topics": [{"topic_id": "data", "topic_name": "Data"}],
        }
    )

    rows = ask("topics/momentum", feeds=["ledger"], until=until)

    assert [(row.topic_name, round(row.change, 3)) for row in rows] == [
        ("ai", 0.625),
        ("Data", -0.25),
    ]


def test_companies_count_where_they_are_written_about_not_where_they_pay(given):
    roles = {"a": "subject", "b": "mention", "c": "sponsor"}
    ask = given(
        {
            "marts.publishing_times": [published(each, (4, 2)) for each in roles],
            "core.article_companies": [
                {"article_id": each, "company_id": "x", "company_name": "X", "role": role}
                for each, role in roles.items()
            ],
        }
    )

    rows = ask("topics/companies", feeds=["ledger"], since=SINCE, until=UNTIL, rows=9)

    assert [(str(row.month_date), row.article_count) for row in rows] == [
        ("2026-03-01", 0),
        ("2026-04-01", 2),
        ("2026-05-01", 0),
    ]


def test_the_first_of_the_chosen_feeds_wrote_first(given):
    firsts = [("forge", 2), ("ledger", 5), ("post", 9)]
    ask = given(
        {
            "marts.topic_firsts": [
                {
                    "topic_id": "ai",
                    "topic_name": "AI",
                    "feed_id": feed,
                    "first_article_id": f"{feed}-1",
                    "first_title": f"{feed} on AI",
                    "first_published_at": datetime(2026, 4, day, tzinfo=UTC),
                }
                for feed, day in firsts
            ],
            "marts.feed_health": [
                {"feed_id": feed, "feed_label": feed.title()} for feed, _ in firsts
            ],
        }
    )

    (row,) = ask("topics/firsts", feeds=["ledger", "post"], until=UNTIL)

    assert (row.feed, row.second_feed, row.days_to_second, row.feed_count) == (
        "Ledger",
        "Post",
        4,
        2,
    )


def test_a_field_of_the_months_can_be_chosen_and_tells_its_topic_and_month():
    frame = pd.DataFrame(
        {
            "topic_id": ["ai"],
            "topic_name": ["AI"],
            "month": ["2026-04"],
            "month_date": pd.to_datetime(["2026-04-01"]),
            "article_count": [1],
            "all_article_count": [2],
            "share": [0.5],
        }
    )

    spec = charts.months(frame).to_dict()

    (param,) = spec["params"]
    assert (param["name"], param["select"]["fields"]) == ("cell", ["topic_id", "month"])
    assert spec["mark"]["type"] == "rect"


def test_lines_differ_by_shape_as_well_as_by_colour():
    frame = pd.DataFrame(
        {
            "topic_name": ["AI", "Data"],
            "month_date": pd.to_datetime(["2026-04-01"] * 2),
            "article_count": [1, 3],
            "all_article_count": [4, 4],
            "share": [0.25, 0.75],
        }
    )

    encoding = charts.shares(frame).to_dict()["encoding"]

    assert encoding["color"]["scale"]["domain"] == ["Data", "AI"]
    assert encoding["shape"]["field"] == encoding["color"]["field"]


def test_the_page_shows_the_articles_behind_the_topic_and_month_of_its_address(page_of, whole_view):
    page = page_of("topics", whole_view, topic="ai-agents", month="2026-05")

    assert [box.value for box in page.selectbox] == ["ai-agents", "2026-05"]
    shown = next(each.value for each in page.dataframe if "evidence" in each.value)
    assert set(shown["article_id"]) == {"ledger-5", "ledger-6", "forge-5", "forge-6"}
