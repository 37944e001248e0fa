"""The index of a web archive, in the shapes its servers answer."""

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.web_archive import FIELDS, distinct_captures, parse_capture_index

URL = "https://letters.example/feed"


def row(stamp, digest="A"):
    return [stamp, URL, "application/xml", "200", digest]


def index(*rows):
    return json.dumps([list(FIELDS), *rows]).encode()


def test_captures_have_their_time():
    (capture,) = parse_capture_index(index(row("20230102030405"))).captures

    assert capture.captured_at == datetime(2023, 1, 2, 3, 4, 5, tzinfo=UTC)
    assert capture.original_url == URL


def test_a_resume_key_stands_alone_behind_an_empty_row():
    page = parse_capture_index(
        index(row("20230102030405"), [], ["example%2Cletters%29%2Ffeed+2023%21"])
    )

    assert page.resume_key == "example,letters)/feed 2023!"
    assert len(page.captures) == 1


def test_the_last_page_has_no_key():
    assert parse_capture_index(index(row("20230102030405"))).resume_key is None


@pytest.mark.parametrize("body", [b"", b" \n", b"[]", index()])
def test_an_address_nobody_captured_is_an_empty_index(body):
    assert parse_capture_index(body).captures == ()


@pytest.mark.parametrize("body", [b"<html>", b"{}", b"[1]", b'[["a"]]'])
def test_other_answers_are_no_index(body):
    assert parse_capture_index(body) is None


def test_of_captures_with_the_same_bytes_the_first_counts():
    page = parse_capture_index(
        index(row("20230301000000"), row("20230201000000", "B"), row("20230101000000"))
    )

    stamps = [each.timestamp for each in distinct_captures(list(page.captures))]

    assert stamps == ["20230101000000", "20230201000000"]


def test_impossible_times_are_left_out():
    assert parse_capture_index(index(row("20231301000000"), row("2023"))).captures == ()


@given(st.lists(st.lists(st.none() | st.integers() | st.text(max_size=15), max_size=6), max_size=6))
def test_no_rows_raise(rows):
    parse_capture_index(index(*rows))
    parse_capture_index(json.dumps(rows).encode())
