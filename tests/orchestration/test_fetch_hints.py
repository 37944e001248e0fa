"""Headers and elements about waiting, in every spelling seen and in any other."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orchestration.fetch.hints import (
    cached_for,
    http_date,
    retry_after,
    time_to_live,
    update_period,
)

NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)
printable = st.text(st.characters(min_codepoint=32, max_codepoint=255), max_size=60)


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120),
        ("+120", 120),
        ("120.9", 120),
        ("120 seconds", 120),
        ("Fri, 01 May 2026 12:05:00 GMT", 300),
        ("Fri May  1 12:05:00 2026", 300),
    ],
)
def test_retry_after_is_read(value, seconds):
    assert retry_after({"retry-after": value}, NOW) == timedelta(seconds=seconds)


@pytest.mark.parametrize(
    "value", ["", "-1", "soon", "1e3", "Fri, 01 May 2026 11:00:00 GMT", "12:05"]
)
def test_retry_after_without_sense_or_in_the_past_is_none(value):
    assert retry_after({"retry-after": value}, NOW) is None


def test_a_date_counts_from_the_clock_of_the_host():
    headers = {
        "retry-after": "Fri, 01 May 2020 00:10:00 GMT",
        "date": "Fri, 01 May 2020 00:00:00 GMT",
    }
    assert retry_after(headers, NOW) == timedelta(minutes=10)


@given(value=printable, date=printable)
def test_no_header_value_breaks_the_reading(value, date):
    headers = {"retry-after": value, "date": date, "expires": value, "cache-control": value}
    for wait in (retry_after(headers, NOW), cached_for(headers, NOW)):
        assert wait is None or wait > timedelta(0) or value.strip().startswith(("0", "+0"))
    assert http_date(value) is None or http_date(value).tzinfo is not None


@given(period=printable, frequency=printable)
def test_no_declaration_breaks_the_reading(period, frequency):
    for wait in (update_period(period, frequency), update_period("daily", frequency)):
        assert wait is None or wait > timedelta(0)
    assert time_to_live(period) is None or time_to_live(period) > timedelta(0)
