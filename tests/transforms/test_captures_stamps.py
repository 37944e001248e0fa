"""Time lines as preview pages write them."""

# ruff: noqa: DTZ001

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.captures import parse_capture
from transforms.captures.stamps import find_stamps, read_stamp, unglued, utc_of

MORNING = datetime(2025, 11, 20, 0, 30, 12)
EAST = timezone(timedelta(hours=8))


@pytest.mark.parametrize(
    ("line", "moment"),
    [
        ("2025-11-20 00:30:12", MORNING),
        ("2025-11-20T00:30:12.123", MORNING),
        ("2025/11/20 0:30:12", MORNING),
        ("2025.11.20 00:30:12", MORNING),
        ("2025/11/20 24:30:12", MORNING),
        ("Nov 20, 2025, 12:30:12 AM", MORNING),
        ("Nov 20, 2025, 12:30:12\u202fAM", MORNING),
        ("Thursday, November 20th, 2025 at 12:30:12 a.m.", MORNING),
        ("20 November 2025 00:30:12", MORNING),
        ("20.11.2025, 00:30:12", MORNING),
        ("11/20/2025, 12:30:12 AM", MORNING),
        ("20/11/2025, 00:30:12", MORNING),
        ("2025年11月20日 上午12:30:12", MORNING),
        ("2025. 11. 20. 오전 12:30:12", MORNING),
        ("Published: 2025-11-20 00:30:12", MORNING),
        ("2025-11-20 12:30 PM", datetime(2025, 11, 20, 12, 30)),
        ("2025-11-20 9:05 pm", datetime(2025, 11, 20, 21, 5)),
        ("2025-11-20 00:30:12 +08:00", MORNING.replace(tzinfo=EAST)),
        ("2025-11-20 00:30:12 (UTC+8)", MORNING.replace(tzinfo=EAST)),
        ("2025-11-20T00:30:12Z", MORNING.replace(tzinfo=UTC)),
        ("Thu, 20 Nov 2025 00:30:12 GMT", MORNING.replace(tzinfo=UTC)),
        ("2025-11-20 00:30:12 PST", datetime(2025, 11, 20, 8, 30, 12, tzinfo=UTC)),
    ],
)
def test_a_time_line_is_read_as_it_is_written(line, moment):
    stamp = read_stamp(line)
    assert stamp is not None
    assert stamp.moment == moment
    assert stamp.raw == " ".join(line.split())


@pytest.mark.parametrize(
    "line",
    [
        "", "12:30", "2025-11-20", "2025-13-20 00:30", "2025-11-20 25:10", "1.2.3 10:30",
        "It was 2025-11-20 00:30:12 when the kettle sang", "2025-11-20 00:30:12 ERROR no water",
        "2025-11-20 00:30:12 XQZT",
    ],
)  # fmt: skip
def test_other_lines_are_no_time_lines(line):
    assert read_stamp(line) is None


def days_of(*lines: str) -> list[str | None]:
    return [str(stamp.moment.date()) if stamp.moment else None for stamp in find_stamps(lines)]


def test_one_line_that_reads_one_way_tells_day_from_month_for_all():
    assert days_of("25/04/2025, 10:00", "03/04/2025, 10:00") == ["2025-04-25", "2025-04-03"]
    assert days_of("04/25/2025, 10:00", "04/03/2025, 10:00") == ["2025-04-25", "2025-04-03"]


def test_the_order_of_the_posts_tells_day_from_month():
    assert days_of("05/02/2025, 10:00", "04/03/2025, 10:00", "04/01/2025, 10:00") == [
        "2025-05-02", "2025-04-03", "2025-04-01",
    ]  # fmt: skip


def test_capital_am_and_pm_are_american():
    assert days_of("03/04/2025, 10:00 AM") == ["2025-03-04"]


def test_a_day_that_nothing_tells_stays_unknown():
    text = "03/04/2025, 10:00\nA kettle sang, and nobody knows when it did.\n"
    (entry,) = parse_capture(text.encode()).entries
    assert entry.published_at is None
    assert entry.published_rule == "preview-text day or month unclear"
    assert entry.published_raw == "03/04/2025, 10:00"


def test_a_page_that_gives_days_only_leaves_them_to_the_date_reader():
    text = (
        "Songs of Kettles\n\nNov 20, 2025\n\nThey sing low.\n\n"
        "Songs of Pans\n\nNov 19, 2025\n\nThey do not sing.\n"
    )
    first, second = parse_capture(text.encode()).entries
    assert (first.title, second.title) == ("Songs of Kettles", "Songs of Pans")
    assert (first.published_raw, first.published_rule) == ("Nov 20, 2025", None)


def test_a_time_glued_to_the_end_of_a_line_gets_its_own():
    assert unglued(["the end.2025-11-20 00:30:12", "", "at 2025-11-20 00:30:12"]) == [
        "the end.", "2025-11-20 00:30:12", "", "at 2025-11-20 00:30:12",
    ]  # fmt: skip


def test_the_ends_of_the_calendar_do_not_raise():
    (stamp,) = find_stamps(["0001-01-01 00:00:00"])
    assert utc_of(stamp, EAST) is None


@given(st.datetimes(min_value=datetime(1990, 1, 1), max_value=datetime(2090, 1, 1)))
def test_iso_lines_round_trip(moment):
    stamp = read_stamp(moment.strftime("%Y-%m-%d %H:%M:%S"))
    assert stamp is not None
    assert stamp.moment == moment.replace(microsecond=0)


@given(st.text(max_size=60))
def test_any_line_is_read_without_an_error(line):
    read_stamp(line)
