"""An article's own text once a copy in it is known to be an advertisement."""

from dataclasses import replace

import pytest

from transforms.editorial_cuts import NOT_TAGGED, cut_copies

COPY = "Tracelight shows where the minutes go. Read how."
BODY = (
    "<p>The index was rebuilt.</p><p>Tracelight shows where the minutes go."
    ' <a href="https://tracelight.dev/x">Read how.</a></p>'
    '<p>It took a weekend, says <a href="https://a.example/1">the log</a>.</p>'
)


@pytest.fixture
def placement(read_post):
    """Return a placement whose copy stands in the first section of its article."""
    labelled = f'<h2><a href="https://tracelight.dev/x">See (Sponsored)</a></h2><p>{COPY}</p>'
    (row,) = read_post(labelled).placements
    return replace(row, copy_text=COPY, section_number=1)


def test_the_copy_leaves_the_text_the_counts_and_the_links(read_post, placement):
    rows = read_post(BODY)

    article, (section,), links = cut_copies(rows.article, rows.sections, rows.links, [placement])

    assert article.text == "The index was rebuilt.\nIt took a weekend, says the log."
    assert article.word_count == section.word_count == 11
    assert article.text[section.char_start : section.char_end] == section.text
    assert [(link.anchor_text, link.role) for link in links] == [
        ("Read how.", "sponsor"),
        ("the log", "body"),
    ]
    assert article.lexicon_version == NOT_TAGGED


def test_a_section_of_nothing_but_the_copy_is_the_sponsors(read_post, placement):
    rows = read_post(f"<p>{COPY}</p><h2>News</h2><p>It took a weekend.</p>")

    article, sections, _ = cut_copies(rows.article, rows.sections, rows.links, [placement])

    assert [section.role for section in sections] == ["sponsor", "editorial"]
    assert sections[0].text == COPY
    assert article.text == "News\nIt took a weekend."


def test_what_was_cut_is_not_cut_again(read_post, placement):
    rows = read_post(BODY)
    article, sections, links = cut_copies(rows.article, rows.sections, rows.links, [placement])

    assert cut_copies(article, sections, links, [placement]) is None
