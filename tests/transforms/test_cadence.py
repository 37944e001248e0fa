"""Cadence of feeds whose rhythm is known: regimes, regularity, forecasts, streaks."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from transforms.cadence import find_cadence_regimes, find_publishing_rhythms

MOMENT = pa.timestamp("us", tz="UTC")
MONDAY = date(2024, 7, 1)
MOMENTS = st.integers(
    int(datetime(1990, 1, 2, tzinfo=UTC).timestamp()),
    int(datetime(2037, 1, 1, tzinfo=UTC).timestamp()),
).map(lambda seconds: datetime.fromtimestamp(seconds, UTC))


def tables(articles, spans=None, timezone="UTC", feed_id="ledger"):
    """Return the tables cadence is found in; observed without a hole unless spans are given."""
    articles = sorted(articles)
    zone = ZoneInfo(timezone)
    observed = spans or ([(articles[0], articles[-1])] if articles else [])
    return {
        "core.feeds": pa.table({"feed_id": [feed_id], "timezone": [timezone]}),
        "marts.publishing_times": pa.table(
            {
                "feed_id": pa.array([feed_id] * len(articles), pa.string()),
                "published_at": pa.array(articles, MOMENT),
                "local_at": pa.array(
                    [at.astimezone(zone).replace(tzinfo=None) for at in articles],
                    pa.timestamp("us"),
                ),
            }
        ),
        "marts.observed_days": pa.table(
            {
                "feed_id": pa.array([feed_id] * len(observed), pa.string()),
                "from_date": pa.array([day_of(since) for since, _ in observed], pa.date32()),
                "until_date": pa.array([day_of(until) for _, until in observed], pa.date32()),
            }
        ),
    }


def day_of(moment):
    return moment.astimezone(UTC).date()


def posts(weekdays, weeks, hour=9, timezone="UTC", begin=MONDAY):
    """Return a post on each weekday (0 is Monday) of each of the weeks, at a local hour."""
    zone = ZoneInfo(timezone)
    days = (begin + timedelta(weeks=week, days=day) for week in weeks for day in weekdays)
    return [datetime(day.year, day.month, day.day, hour, tzinfo=zone) for day in days]


def regimes(*args, **kwargs):
    return find_cadence_regimes(tables(*args, **kwargs)).to_pylist()


def rhythm(*args, **kwargs):
    (row,) = find_publishing_rhythms(tables(*args, **kwargs)).to_pylist()
    return row


def test_no_article_is_no_row():
    assert regimes([]) == []
    assert find_publishing_rhythms(tables([])).num_rows == 0


def test_a_single_article_is_a_regime_of_which_little_can_be_said():
    (only,) = regimes(posts([2], [0]))

    assert (only["article_count"], only["posts_per_week"], only["regularity"]) == (1, 1.0, None)
    assert only["start_date"] == date(2024, 7, 3)
    found = rhythm(posts([2], [0]))
    assert (found["expected_next_at"], found["expected_rule"]) == (None, None)


def test_thursday_and_saturday_become_five_days_a_week():
    first, second = regimes(posts([3, 5], range(52)) + posts(range(5), range(52, 90)))

    assert first["weekdays"] == ["Thursday", "Saturday"]
    assert first["end_date"] == date(2025, 6, 29)
    assert first["posts_per_week"] == pytest.approx(2.0, abs=0.03)
    assert second["weekdays"] == ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday"]
    assert (second["start_date"], second["end_date"]) == (date(2025, 6, 30), None)
    assert second["is_current"]


def test_another_hour_begins_another_regime():
    first, second = regimes(posts([1], range(40), hour=7) + posts([1], range(40, 80), hour=19))

    assert (first["local_hour"], second["local_hour"]) == (7, 19)
    assert second["start_date"] == MONDAY + timedelta(weeks=40)


def test_a_fixed_local_hour_is_one_regime_through_the_clock_changes():
    (only,) = regimes(
        posts([0, 3], range(104), hour=0, timezone="America/New_York"), timezone="America/New_York"
    )

    assert only["local_hour"] == 0
    assert only["regularity"] == 1.0


def test_two_weeks_of_holidays_are_no_regime():
    (only,) = regimes(posts([1, 4], [week for week in range(60) if week not in (25, 26)]))

    assert only["longest_gap_days"] == 18.0


def test_a_silence_at_the_end_is_a_regime_of_its_own():
    articles = posts([6], range(0, 60, 2))
    until = articles[-1] + timedelta(weeks=30)

    first, silence = regimes(articles, spans=[(articles[0], until)])

    assert (silence["article_count"], silence["posts_per_week"]) == (0, 0.0)
    assert silence["start_date"] == first["end_date"] + timedelta(days=1)
    assert silence["weekdays"] == []


def test_months_nobody_looked_at_are_neither_silence_nor_change():
    articles = posts([1], [*range(30), *range(60, 90)])
    spans = [(articles[0], articles[29]), (articles[30], articles[-1])]

    (only,) = regimes(articles, spans=spans)

    assert only["unobserved_days"] == 30 * 7 + 7 - 1
    assert (only["posts_per_week"], only["longest_gap_days"]) == (pytest.approx(1.0, abs=0.05), 7.0)
    found = rhythm(articles, spans=spans)
    assert (found["current_streak"], found["longest_gap_days"]) == (60, 7.0)


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("likelihood", [0.1, 0.5, 0.9])
def test_chance_is_no_change_of_rhythm(seed, likelihood):
    dice = np.random.default_rng(seed)
    articles = [at for at in posts(range(7), range(150)) if dice.random() < likelihood]

    assert len(regimes(articles)) == 1


def test_regularity_is_1_for_a_kept_weekday_and_near_0_for_random_times():
    dice = np.random.default_rng(3)
    hours = np.cumsum(dice.exponential(100, 150))
    begin = datetime(2024, 7, 1, tzinfo=UTC)
    random = [begin + timedelta(hours=float(hour)) for hour in hours]

    assert rhythm(posts([2], range(30)))["regularity"] == 1.0
    assert rhythm(posts([0, 1, 2, 3, 4], range(30)))["regularity"] == 1.0
    assert rhythm(random)["regularity"] < 0.4


def test_every_third_day_is_regular_by_interval():
    begin = datetime(2024, 7, 1, 9, tzinfo=UTC)
    found = rhythm([begin + timedelta(days=3 * n) for n in range(40)])

    assert (found["expected_rule"], found["regularity"]) == ("interval", 1.0)
    assert found["expected_next_at"] == begin + timedelta(days=120)
    assert found["tolerance_hours"] == 12.0


def test_the_next_article_is_due_at_the_local_minute_across_a_clock_change():
    articles = posts([0, 4], range(20), hour=8, timezone="Europe/Berlin", begin=date(2025, 11, 3))
    last = articles[-1]
    assert last.date() == date(2026, 3, 20)
    more = [*articles, *posts([0, 4], [20], 8, "Europe/Berlin", date(2025, 11, 3))]

    found = rhythm(more, timezone="Europe/Berlin")

    # Friday 27 March at 8 is 7 UTC; the clocks change on Sunday: Monday at 8 is 6 UTC.
    assert found["expected_rule"] == "weekdays"
    assert found["expected_next_at"] == datetime(2026, 3, 30, 6, tzinfo=UTC)


def test_a_forecast_goes_by_the_latest_regime_with_articles():
    articles = posts([1], range(40)) + posts([1, 3], range(40, 70))
    found = rhythm(articles, spans=[(articles[0], articles[-1] + timedelta(weeks=20))])

    assert found["regime_start_date"] == MONDAY + timedelta(weeks=40)
    assert found["expected_next_at"].date() == MONDAY + timedelta(weeks=70, days=1)


def test_a_streak_breaks_with_a_silent_week_and_not_with_the_running_one():
    articles = posts([1], [*range(20), 21, 22])
    spans = [(articles[0], articles[-1] + timedelta(days=6))]

    found = rhythm(articles, spans=spans)

    assert (found["streak_unit"], found["current_streak"], found["longest_streak"]) == (
        "week",
        2,
        20,
    )
    silent = rhythm(articles, spans=[(articles[0], articles[-1] + timedelta(weeks=2))])
    assert silent["current_streak"] == 0


def test_a_monthly_feed_has_streaks_of_months():
    begin = datetime(2024, 1, 15, 12, tzinfo=UTC)
    articles = [begin + timedelta(days=30 * n) for n in range(14)]

    found = rhythm(articles)

    assert (found["streak_unit"], found["current_streak"]) == ("month", 14)


def test_an_unknown_zone_is_read_as_utc():
    given = tables(posts([2], range(10)))
    given["core.feeds"] = pa.table({"feed_id": ["ledger"], "timezone": ["Mars/Olympus"]})

    (found,) = find_publishing_rhythms(given).to_pylist()

    assert found["expected_next_at"] == datetime(2024, 9, 11, 9, tzinfo=UTC)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(MOMENTS, min_size=1, max_size=40),
    st.lists(st.tuples(MOMENTS, MOMENTS).map(sorted), min_size=1, max_size=3),
)
def test_any_history_gives_regimes_that_hold_every_observed_article_once(articles, spans):
    spans = [*spans, [articles[0], articles[0]]]
    found = regimes(articles, spans=spans)

    days = [(since.date(), until.date()) for since, until in spans]
    seen = [each for each in articles if any(a <= each.date() <= b for a, b in days)]
    assert sum(regime["article_count"] for regime in found) == len(seen)
    assert [regime["regime_number"] for regime in found] == list(range(1, len(found) + 1))
    assert all(0 <= r["regularity"] <= 1 for r in found if r["regularity"] is not None)
    ends = [regime["end_date"] for regime in found[:-1]]
    starts = [regime["start_date"] for regime in found[1:]]
    assert [end + timedelta(days=1) for end in ends] == starts
    assert rhythm(articles, spans=spans)["longest_streak"] >= 1
