"""Texts made to keep the sponsor rules busy: the time they take grows with their length only."""

import re
import time

import pytest

from transforms.lexicons import load_lexicons, load_profile
from transforms.sponsors.labels import MAX_SEARCH_CHARS

LEXICONS = load_lexicons()
# A rule that tries all ways to read a text takes hours; these bounds are a busy machine's.
MAX_SECONDS_PER_PATTERN = 0.5
MAX_SECONDS_PER_POST = 15.0
UNITS = (
    "a", "A", "a ", "Ab ", " ", "(", "[(", "((a", "!", ". ", "- ", "— ", "#", "_", "\n", "1 ", "é ",
    "A, ", "A is ", "the ", "big ", "our sponsor ", "sponsored by ", "Sponsor: ", "SPONSORED ",
    "thanks to ", "Thanks to A for ", "this issue is ", "this issue is sponsored by A, ",
    "issue 1 of ", "of A, sponsored ", "senator A. ", "Monday ",
    "本期由", "感谢", "/a", "https%3A//", "a_-", "1:23 ",
)  # fmt: skip
FRAMES = ("{}", "sponsor{}!", "Sponsored by {}", "thanks to {}", "{}(ad")


def _patterns():
    markers = LEXICONS.markers
    for label in (*markers.labels, *load_profile("bytebytego").labels):
        yield pytest.param(label.pattern, id=f"label {label.id}")
    for kind in ("titles", "authors", "categories"):
        for number, pattern in enumerate(getattr(markers.entry, kind)):
            yield pytest.param(pattern, id=f"entry {kind} {number}")
    for kind in ("house", "house_calls", "references", "paywall"):
        for number, pattern in enumerate(getattr(markers, kind)):
            yield pytest.param(pattern, id=f"{kind} {number}")
    for number, cue in enumerate(markers.pitch.cues):
        yield pytest.param(cue.pattern, id=f"pitch {number}")


def _filled(unit, size):
    return (unit * (size // len(unit) + 1))[:size]


@pytest.mark.parametrize("pattern", list(_patterns()))
def test_a_pattern_reads_as_much_as_it_is_given_at_once(pattern: re.Pattern[str]):
    for unit in UNITS:
        for frame in FRAMES:
            text = frame.format(_filled(unit, MAX_SEARCH_CHARS))
            began = time.perf_counter()
            pattern.search(text)
            assert time.perf_counter() - began < MAX_SECONDS_PER_PATTERN, f"{frame} of {unit!r}"


def _posts(unit, size):
    text, link = _filled(unit, size), '<a href="https://acme{}.dev/x">Acme</a>'
    count = size // (len(unit) * 3 + 40) + 1
    yield f"<p>{text} {link.format(1)}</p>"
    yield f"<h2>{text}</h2><p>{link.format(1)}</p>"
    yield f'<p>Sponsored by <a href="https://acme.dev/x">{text}</a></p>'
    yield "".join(f"<p>{unit * 3} {link.format(number % 7)}</p>" for number in range(count))
    yield "<p>" + "<br>".join(f"{unit * 3} {link.format(n % 7)}" for n in range(count)) + "</p>"
    items = "".join(f"<li>{unit} {link.format(number)}</li>" for number in range(count))
    yield f"<p>Sponsors</p><ul>{items}</ul>"
    yield f'<p>Sponsor: <a href="https://letters.news.example/{text}">Acme</a></p>'


def _read_all(read_post, size):
    for unit in UNITS:
        for number, body in enumerate(_posts(unit, size)):
            began = time.perf_counter()
            read_post(body)
            spent = time.perf_counter() - began
            assert spent < MAX_SECONDS_PER_POST * size / 100_000 + 1, f"shape {number} of {unit!r}"


def test_a_post_of_one_repeated_word_is_read_in_time(read_post):
    _read_all(read_post, 4_000)


def test_a_title_without_end_is_no_label(read_post):
    began = time.perf_counter()
    for unit in UNITS:
        read_post("<p>A body.</p>", title=_filled(unit, 100_000))
    assert time.perf_counter() - began < MAX_SECONDS_PER_POST


@pytest.mark.slow
def test_a_post_of_a_hundred_kilobytes_is_read_in_time(read_post):
    _read_all(read_post, 100_000)
