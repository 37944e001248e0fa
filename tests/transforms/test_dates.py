from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.dates import MAX_DATE_CHARS, read_date


def at(*parts):
    return datetime(*parts, tzinfo=UTC)


@pytest.mark.parametrize(
    ("raw", "moment", "rule"),
    [
        ("Thu, 01 Jan 2004 19:48:21 GMT", at(2004, 1, 1, 19, 48, 21), "rfc822"),
        ("Thu, 01 Jan 04 19:48:21 +1100", at(2004, 1, 1, 8, 48, 21), "rfc822"),
        ("01 Jan 2004 19:48 EST", at(2004, 1, 2, 0, 48), "rfc822"),
        ("Wed, 10 Jan 2024 10:00:00 +0000 (UTC)", at(2024, 1, 10, 10), "rfc822"),
        ("Wed, 10 Jan 2024 10:00:00 GMT+2", at(2024, 1, 10, 8), "rfc822"),
        ("Wed, 10 Jan 2024 10:00:00 IST", at(2024, 1, 10, 4, 30), "rfc822"),
        ("Wed, 10 Jan 2024 10:00:00", at(2024, 1, 10, 10), "rfc822+utc"),
        ("Wed, 10 Jan 2024 10:00:00 XYZ", at(2024, 1, 10, 10), "rfc822+utc"),
        ("Wed, 10 Jan 2024 10:00:00 -9999", at(2024, 1, 10, 10), "rfc822+utc"),
        ("2003-12-31T10:14:55Z", at(2003, 12, 31, 10, 14, 55), "iso8601"),
        ("2003-12-31T10:14Z", at(2003, 12, 31, 10, 14), "iso8601"),
        ("2003-12-31t10:14:55.1234567z", at(2003, 12, 31, 10, 14, 55, 123456), "iso8601"),
        ("2003-12-31 10:14:55 -0800", at(2003, 12, 31, 18, 14, 55), "iso8601"),
        ("2003-12-31T10:14:55Z+02:00", at(2003, 12, 31, 8, 14, 55), "iso8601"),
        ("2003-12-31T10:14:55+05:30[Asia/Kolkata]", at(2003, 12, 31, 4, 44, 55), "iso8601"),
        ("20031231T101455Z", at(2003, 12, 31, 10, 14, 55), "iso8601"),
        ("2003-12-31T24:00:00Z", at(2004, 1, 1), "iso8601"),
        ("2016-12-31T23:59:60Z", at(2017, 1, 1), "iso8601"),
        ("2003-12-31T10:14:55", at(2003, 12, 31, 10, 14, 55), "iso8601+utc"),
        ("2003-12-31", at(2003, 12, 31), "iso8601+midnight"),
        ("20031231", at(2003, 12, 31), "iso8601+midnight"),
        ("2003-335", at(2003, 12, 1), "iso8601+midnight"),
        ("2003-12", at(2003, 12, 1), "iso8601+first"),
        ("2003", at(2003, 1, 1), "iso8601+first"),
        ("1700000000", at(2023, 11, 14, 22, 13, 20), "epoch"),
        ("1700000000123", at(2023, 11, 14, 22, 13, 20, 123000), "epoch"),
        ("1700000000123456", at(2023, 11, 14, 22, 13, 20, 123000), "epoch"),
        ("Sun Jan  4 16:29:06 PST 2004", at(2004, 1, 5, 0, 29, 6), "lax"),
        ("January 5th, 2024 at 6:30 PM", at(2024, 1, 5, 18, 30), "lax+utc"),
        ("Jan 5, 2024 12:05 a.m. EST", at(2024, 1, 5, 5, 5), "lax"),
        ("Mon, 1 Jan 2024 7pm EST", at(2024, 1, 2), "lax"),
        ("Fri, 2006/09/15 08:19:53 EDT", at(2006, 9, 15, 12, 19, 53), "lax"),
        ("31.12.2024 10:00", at(2024, 12, 31, 10), "lax+utc"),
        ("13/04/2024", at(2024, 4, 13), "lax+midnight"),
        ("04/13/2024", at(2024, 4, 13), "lax+midnight"),
        ("04/04/2024", at(2024, 4, 4), "lax+midnight"),
        ("March 2024", at(2024, 3, 1), "lax+first"),
    ],
)
def test_a_date_is_read_in_utc_and_its_rule_says_how(raw, moment, rule):
    found = read_date(raw)

    assert (found.at, found.rule) == (moment, rule)


@pytest.mark.parametrize(
    "raw",
    [
        "5 janvier 2024", "ven. 05 janv. 2024", "5. Januar 2024", "5. Jänner 2024",
        "vie, 05 ene 2024", "5 de enero de 2024", "5 de janeiro de 2024", "5 gennaio 2024",
        "5 gener 2024", "vrijdag 5 januari 2024", "5. januar 2024", "5 janúar 2024",
        "5. tammikuuta 2024", "5 stycznia 2024", "5. ledna 2024", "2024. január 5.",
        "5 ianuarie 2024", "5. siječnja 2024", "5 Ocak 2024", "5 января 2024", "пт, 05 янв 2024",
        "5 січня 2024", "5 януари 2024", "5 Ιανουαρίου 2024", "2024年1月5日", "2024년 1월 5일",
        "２０２４年１月５日", "2024-január-05",
    ],
)  # fmt: skip
def test_months_of_other_languages_are_read(raw):
    assert read_date(raw).at == at(2024, 1, 5)


def test_a_weekday_that_reads_like_a_month_is_a_weekday():
    assert read_date("mar. 09 janv. 2024 10:00:00 +0100").at == at(2024, 1, 9, 9)


def test_halves_of_the_day_are_read_in_korean():
    assert read_date("2004-05-25 오후 11:23:17").at == at(2004, 5, 25, 23, 23, 17)


@pytest.mark.parametrize("raw", [None, "", "   ", "\n"])
def test_no_date_is_absent(raw):
    assert (read_date(raw).at, read_date(raw).rule) == (None, "absent")


@pytest.mark.parametrize(
    "raw",
    [
        "yesterday", "hello 2024", "12 March", "0000-00-00 00:00:00", "2024-13-01", "2024-02-30",
        "Fri, 31 Feb 2024 10:00:00 GMT", "2024-01-01T25:00:00Z", "03/04/2024", "42", "12345678901",
        "2024-01-01 " + "x" * MAX_DATE_CHARS, "1/2/3/4", "٣",
    ],
)  # fmt: skip
def test_what_names_no_one_day_is_unreadable(raw):
    assert (read_date(raw).at, read_date(raw).rule) == (None, "unreadable")


@pytest.mark.parametrize(
    "raw",
    [
        "0001-01-01T00:00:00Z",
        "0001-01-01T00:00:00+10:00",
        "9999-12-31T23:59:59Z",
        "9999-12-31T23:59:59-10:00",
    ],
)
def test_the_first_and_the_last_year_are_read(raw):
    assert read_date(raw).at.year in (1, 9999)


PIECES = [
    "2024",
    "24",
    "31",
    "1",
    "Jan",
    "январь",
    "12:30",
    "T",
    "Z",
    "+02:00",
    "-99",
    "PM",
    "/",
    "-",
    ",",
    ".",
]


@given(st.text() | st.lists(st.sampled_from(PIECES), max_size=9).map(" ".join))
def test_any_text_gives_a_utc_time_or_none(raw):
    found = read_date(raw)

    assert found.at is None or found.at.tzinfo is UTC
    assert (found.at is None) == (found.rule in ("absent", "unreadable"))


@given(st.integers(0, 4_102_444_800))
def test_a_written_time_is_read_back(seconds):
    moment = datetime.fromtimestamp(seconds, UTC)

    assert read_date(moment.isoformat()).at == moment
    assert read_date(moment.strftime("%a, %d %b %Y %H:%M:%S +0000")).at == moment
    assert read_date(moment.strftime("%B %d, %Y %I:%M:%S %p UTC")).at == moment
