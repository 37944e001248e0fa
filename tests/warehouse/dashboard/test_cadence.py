"""The page of cadence: silence is told from not having looked, in numbers and in shapes."""

from datetime import UTC, date, datetime

import pandas as pd
import pytest

from warehouse.dashboard.charts import cadence as charts

MONDAY = date(2026, 5, 4)


def day(number, count=0, *, is_observed=True):
    return {
        "feed_id": "ledger",
        "calendar_date": date(2026, 5, number),
        "article_count": count,
        "is_observed": is_observed,
    }


@pytest.fixture
def calendar():
    """Two issues in a week, a silent week, a week nobody looked, one looked at in part."""
    return [
        *(day(number, 1 if number in {5, 7} else 0) for number in range(4, 11)),
        *(day(number) for number in range(11, 18)),
        *(day(number, is_observed=False) for number in range(18, 25)),
        *(day(number, is_observed=number > 26) for number in range(25, 30)),
    ]


@pytest.fixture
def regimes():
    return [
        {"feed_id": "ledger", "regime_number": 1, "posts_per_week": 2.0, "start_date": MONDAY},
        {
            "feed_id": "ledger",
            "regime_number": 2,
            "posts_per_week": 0.0,
            "start_date": date(2026, 5, 13),
        },
    ]


def test_days_tell_silent_from_not_observed(given, calendar):
    ask = given({"marts.publishing_calendar": calendar})

    rows = ask("cadence/days", feed="ledger", since=date(2026, 5, 1), until=date(2026, 5, 31))

    states = {row.calendar_date.day: row.state for row in rows}
    assert (states[5], states[6], states[18]) == ("1 issue", "silent", "not observed")
    assert states[31] == "not observed", "after the last look nothing is known"
    assert min(states) == 4, "before its first issue there is no day of the feed"


def test_weeks_tell_silent_from_not_observed_and_where_a_rhythm_began(given, calendar, regimes):
    ask = given({"marts.publishing_calendar": calendar, "marts.cadence_regimes": regimes})

    rows = ask("cadence/weeks", feed="ledger", since=MONDAY, until=date(2026, 5, 31))

    assert [(row.article_count, row.state) for row in rows] == [
        (2, "issues"),
        (0, "silent"),
        (0, "not observed"),
        (0, "partly observed"),
    ]
    assert [row.usual_per_week for row in rows] == [2.0, 0.0, 0.0, 0.0]
    assert [row.is_new_rhythm for row in rows] == [False, True, False, False]


@pytest.mark.parametrize("name", ["cadence/days", "cadence/weeks"])
def test_a_feed_without_dated_issues_has_no_calendar(given, calendar, regimes, name):
    ask = given({"marts.publishing_calendar": calendar, "marts.cadence_regimes": regimes})

    assert ask(name, feed="undated", since=MONDAY, until=date(2026, 5, 31)) == []


def test_a_wait_over_unobserved_days_is_told_apart(given, calendar):
    moments = [datetime(2026, 5, number, 12, tzinfo=UTC) for number in (5, 7, 28)]
    ask = given(
        {
            "marts.publishing_calendar": calendar,
            "marts.publishing_times": [
                {
                    "feed_id": "ledger",
                    "local_date": at.date(),
                    "gap_days": gap,
                }
                for at, gap in zip(moments, (None, 2.0, 21.0), strict=True)
            ],
        }
    )

    rows = ask("cadence/gaps", feed="ledger", since=MONDAY, until=date(2026, 5, 31))

    assert [(row.days, row.state) for row in rows] == [
        (2, "observed throughout"),
        (21, "partly not observed"),
    ]


@pytest.mark.parametrize(
    ("status", "tolerance", "standing", "due"),
    [
        ("on_time", 12.4, "on time", "Mon 4 May 2026, 15:30 UTC, give or take 12 hours"),
        (
            "late",
            74.0,
            "late: past its tolerance",
            "Mon 4 May 2026, 15:30 UTC, give or take 3 days",
        ),
        ("unknown", None, "too few issues to tell", "not known"),
    ],
)
def test_the_next_issue_is_told_in_plain_words(given, status, tolerance, standing, due):
    known = tolerance is not None
    moment = datetime(2026, 5, 4, 15, 30, tzinfo=UTC)
    ask = given(
        {
            "marts.publishing_cadence": [
                {
                    "feed_id": "ledger",
                    "status": status,
                    "expected_next_at": moment if known else None,
                    "tolerance_hours": tolerance,
                    "last_published_at": moment,
                    "observed_until_at": moment,
                    "posts_per_week_12": 1.0,
                    "usual_weekday": "Monday",
                    "usual_local_hour": 15,
                    "regularity": 0.9,
                    "median_gap_days": 7.0,
                    "current_streak": 1,
                    "streak_unit": "week",
                },
                {"feed_id": "other", "expected_next_at": moment, "tolerance_hours": 1.0},
            ],
            "marts.feed_health": [
                {"feed_id": "ledger", "feed_label": "ledger", "last_fetched_at": moment}
            ],
        }
    )

    (row,) = ask("cadence/expected", feeds=["ledger"])

    assert (row.feed_name, row.standing, row.next_issue) == ("ledger", standing, due)
    assert row.streak == "1 week"


def test_the_calendar_gives_unobserved_days_a_cross_and_silent_ones_a_field(given, calendar):
    ask = given({"marts.publishing_calendar": calendar})
    rows = ask("cadence/days", feed="ledger", since=MONDAY, until=date(2026, 5, 31))
    frame = pd.DataFrame([vars(row) for row in rows])

    fields, crosses = charts.days(frame).to_dict()["layer"]

    assert fields["mark"]["type"] == "rect"
    assert "silent" in fields["encoding"]["color"]["scale"]["domain"]
    assert crosses["mark"]["type"] == "point"
    assert crosses["encoding"]["shape"]["scale"]["domain"] == ["not observed"]


def test_the_weeks_have_another_shape_for_silence_than_for_not_looking(given, calendar, regimes):
    ask = given({"marts.publishing_calendar": calendar, "marts.cadence_regimes": regimes})
    rows = ask("cadence/weeks", feed="ledger", since=MONDAY, until=date(2026, 5, 31))
    frame = pd.DataFrame([vars(row) for row in rows]).assign(
        week_date=lambda weeks: pd.to_datetime(weeks["week_date"])
    )

    *_, empty = charts.weeks(frame).to_dict()["layer"]

    scale = empty["encoding"]["shape"]["scale"]
    assert len(set(scale["range"])) == len(scale["domain"]) == 3


def test_the_page_looks_closely_at_the_feed_of_its_address(page_of, whole_view):
    page = page_of("cadence", whole_view, closely="ledger")

    assert page.selectbox[0].value == "ledger"
    assert any(text.value.startswith("The Ledger: ") for text in page.text)
