"""Headings of captured posts."""

import pytest

from transforms.captures import parse_capture
from transforms.captures.headings import is_title_case
from transforms.captures.rules import load_rules


def headings_in(*paragraphs: str) -> list[str]:
    text = "\n\n".join(["A Title", "2026-03-05 23:30:10", *paragraphs])
    (entry,) = parse_capture(text.encode()).entries
    return [block.text for block in entry.blocks or () if block.kind == "heading"]


PROSE = "Water boils where the kettle is warm enough, and nowhere else that we know of."


@pytest.mark.parametrize(
    "line",
    [
        "Descaling",
        "Tea vs Coffee",
        "What Is a Kettle?",
        "Why “Big” Kettles Fail",
        "Part One: The Lid",
        "gRPC and REST Compared",
    ],
)
def test_a_short_line_in_title_case_above_text_is_a_heading(line):
    assert headings_in(PROSE, line, PROSE) == [line]


@pytest.mark.parametrize(
    "line",
    [
        "See the picture below that shows the lid",
        "Source: Kettle Engineering Blog",
        "Figure 3: The Inner Tube",
        "Photo by Anna Bell",
        "They Boil Water.",
        "Here is what it does:",
        "Over to you: do you boil?",
        "Why does it whistle?",
        "Check it out Here",
        "Register Today",
        "https://example.org/Kettle",
        "References",
    ],
)
def test_other_short_lines_are_none(line):
    assert headings_in(PROSE, "The Fire", PROSE, line, PROSE) == ["The Fire"]


def test_a_short_line_with_nothing_below_is_no_heading():
    assert headings_in(PROSE, "The Fire", PROSE, "Steam At Last") == ["The Fire"]


def test_a_heading_may_stand_under_a_heading():
    assert headings_in("The Kettle", "The Lid", PROSE) == ["The Kettle", "The Lid"]


def test_a_list_that_lost_its_bullets_is_no_row_of_headings():
    books = ["Kettle Design", "Lid Patterns", "Spout Theory", "Tea for Teams"]
    assert headings_in(PROSE, *books, PROSE) == []


def test_what_a_digest_lists_is_a_heading_in_any_case():
    assert headings_in(
        "In this issue:", "  • How does a lid know?", "  • git brew vs git pour",
        "How does a lid know?", PROSE, "git brew vs git pour", PROSE,
    ) == ["How does a lid know?", "git brew vs git pour"]  # fmt: skip


def test_a_numbered_series_is_headings_even_with_full_stops():
    assert headings_in(PROSE, "Bet 1: one big kettle.", PROSE, "Bet 2: many small ones", PROSE) == [
        "Bet 1: one big kettle.",
        "Bet 2: many small ones",
    ]


def test_a_feed_that_writes_headings_as_sentences_has_them_found():
    lines = ["How the lid closes", "What we changed", "Where it goes from here", "The next lid"]
    assert headings_in(*[each for line in lines for each in (line, PROSE)]) == lines


def test_a_line_labelled_as_sponsored_is_a_heading_whatever_its_case():
    label = "why your kettle boils for nobody (Sponsored)"
    assert headings_in(label, PROSE, "Take the free kettle guide ➝", "", PROSE) == [label]


def test_scripts_without_capitals_have_headings_too():
    assert headings_in("水壶的历史", "水在壶里沸腾,壶盖轻轻跳动,茶香四溢。") == ["水壶的历史"]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("The Song of the “Old Pot”", True),
        ("Descale: Use Only What Is Sour", True),
        ("Send us a letter about kettles", False),
        ("Find out how to pour", False),
        ("EC2", True),
        ("42", False),
    ],
)
def test_title_case(line, expected):
    assert is_title_case(line, load_rules().headings) is expected
