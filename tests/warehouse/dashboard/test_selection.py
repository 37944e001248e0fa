from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warehouse.dashboard.selection import CUSTOM, PERIODS, select

KNOWN = ("forge", "ledger", "relay")
SPAN = {"oldest": date(2024, 1, 10), "newest": date(2026, 5, 30)}


def test_no_feed_chosen_means_all_of_them():
    assert select(known=KNOWN, chosen=[], period="all time", **SPAN).feeds == KNOWN


def test_feeds_stand_in_the_order_they_are_known_in_and_unknown_ones_do_not_count():
    chosen = select(known=KNOWN, chosen=["relay", "gone", "forge"], period="all time", **SPAN)

    assert chosen.feeds == ("forge", "relay")


@pytest.mark.parametrize(
    ("period", "since"),
    [
        ("3 months", date(2026, 3, 1)),
        ("12 months", date(2025, 5, 31)),
        ("24 months", date(2024, 5, 31)),
        ("all time", date(2024, 1, 10)),
    ],
)
def test_periods_end_on_the_newest_day_of_the_data(period, since):
    chosen = select(known=KNOWN, chosen=[], period=period, **SPAN)

    assert (chosen.since, chosen.until) == (since, date(2026, 5, 30))


def test_a_period_longer_than_the_data_begins_with_it():
    span = {"oldest": date(2026, 5, 1), "newest": date(2026, 5, 30)}

    assert select(known=KNOWN, chosen=[], period="24 months", **span).since == date(2026, 5, 1)


def test_chosen_days_the_wrong_way_round_are_turned():
    days = {"since": date(2026, 5, 2), "until": date(2026, 4, 1)}
    chosen = select(known=KNOWN, chosen=[], period=CUSTOM, **SPAN, **days)

    assert (chosen.since, chosen.until) == (date(2026, 4, 1), date(2026, 5, 2))


@given(
    period=st.sampled_from(PERIODS),
    since=st.none() | st.dates(),
    until=st.none() | st.dates(),
    chosen=st.lists(st.sampled_from([*KNOWN, "gone"])),
)
def test_whatever_is_chosen_there_are_feeds_and_days_in_order(period, since, until, chosen):
    held = select(known=KNOWN, chosen=chosen, period=period, since=since, until=until, **SPAN)

    assert held.feeds
    assert set(held.feeds) <= set(KNOWN)
    assert held.since <= held.until
