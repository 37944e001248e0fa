"""Blog articles run together: closed by a line of their platform, or cut by what they say."""

# ruff: noqa: E501

import itertools

import pytest

from transforms.captures import parse_capture, recognise_capture
from transforms.captures.bylines import names_in
from transforms.captures.rules import load_rules

OVEN = """\
Every loaf at Crumbly passes through one of nine ovens, and until last year each oven kept its own clock.
When two ovens disagreed about the time, the dough scheduler in Lisbon sent the same tray twice.
The bakers of the Lisbon team noticed burnt crusts long before the dashboards of Crumbly did.
The oven clocks were cheap crystals which drifted by four seconds a day in the heat of the bakery.
A tray of rye dough that rests four seconds more is no worse, but the scheduler counts trays, not seconds.
Our scheduler therefore asks the oldest oven of a bakery for the time, and every other oven follows it.
If the oldest oven is cold, the bakers of Lisbon elect another, and the dough never notices the change.
Burnt crusts went down by half, and the bakers stopped writing the time on the trays with chalk.
""".splitlines()
SHIP = """\
Harborline moves containers between forty ports, and each port speaks a dialect of the same customs form.
A container that leaves Rotterdam with a valid manifest may arrive in Santos as an unknown vessel.
We collected the manifests of a whole season and asked the customs brokers of Santos what they rejected.
Most rejected manifests had a vessel name in the field of the voyage, because Rotterdam prints both there.
Rather than teach every port the form of Rotterdam, Harborline translates the manifest on the quay.
The translator reads the voyage, looks up the vessel in the registry of the port and fills in the rest.
Customs brokers can see the translated manifest beside the original and send either of them on.
Since the spring no container of Harborline has waited in Santos for a voyage that was a vessel.
""".splitlines()
GARDEN = """\
My allotment has heavy clay, so the first thing I planted after the winter was a row of potatoes.
Potatoes break the clay with their roots, and the slugs of Ashford prefer their leaves to my lettuce.
Mulch keeps the soil wet under the potatoes, and the worms pull straw down into the clay at night.
Slugs hide beneath the straw by day, which is why I lift it each morning and feed them to the hens.
By June the soil crumbles between two fingers, and the lettuce can move into the row of the potatoes.
Compost from the hens of Ashford goes in first, a bucket for each lettuce, and a little ash from the stove.
""".splitlines()
CLOSING = (
    "{} was originally published in {} on Medium, where people are continuing the conversation "
    "by highlighting and responding to this story."
)
OVEN_CLOSED = [*OVEN, CLOSING.format("One Clock for Nine Ovens", "Crumbly Engineering")]
SHIP_CLOSED = [
    *SHIP,
    CLOSING.format("What was originally published in Rotterdam?", "Harborline Tech"),
]


def parse(*articles):
    return parse_capture("\n".join(itertools.chain(*articles)).encode(), format="blog-text")


def openings(parsed):
    return [(entry.blocks or ())[0].text for entry in parsed.entries]


def test_a_text_with_closing_lines_is_recognised():
    assert recognise_capture("\n".join(OVEN_CLOSED).encode()) == "blog-text"
    assert recognise_capture("\n".join(OVEN).encode()) is None


def test_closing_lines_name_title_and_publication_of_the_article_above():
    parsed = parse(OVEN_CLOSED, SHIP_CLOSED)
    assert [(e.number, e.title, e.publication) for e in parsed.entries] == [
        (1, "One Clock for Nine Ovens", "Crumbly Engineering"),
        (2, "What was originally published in Rotterdam?", "Harborline Tech"),
    ]
    assert openings(parsed) == [OVEN[0], SHIP[0]]
    assert all(entry.published_raw is None for entry in parsed.entries)


@pytest.mark.parametrize(
    ("articles", "first_lines"),
    [
        ((GARDEN, OVEN_CLOSED), (GARDEN, OVEN)),
        ((OVEN_CLOSED, GARDEN, SHIP_CLOSED), (OVEN, GARDEN, SHIP)),
        ((OVEN_CLOSED, SHIP_CLOSED, GARDEN), (OVEN, SHIP, GARDEN)),
        ((GARDEN, OVEN, SHIP_CLOSED), (GARDEN, OVEN, SHIP)),
        ((OVEN_CLOSED, SHIP, GARDEN), (OVEN, SHIP, GARDEN)),
    ],
    ids=["first", "between", "last", "two", "two-last"],
)
def test_an_article_without_a_closing_line_is_cut_from_its_neighbours(articles, first_lines):
    parsed = parse(*articles)
    assert openings(parsed) == [lines[0] for lines in first_lines]
    assert [e.title is not None for e in parsed.entries] == [
        "originally published" in article[-1] for article in articles
    ]


@pytest.mark.parametrize("article", [OVEN, SHIP, GARDEN], ids=["oven", "ship", "garden"])
def test_one_article_is_not_cut(article):
    assert len(parse(article).entries) == 1
    assert len(parse([*article, CLOSING.format("A Title", "A Blog")]).entries) == 1


def test_an_article_glued_to_a_closing_line_begins_behind_it():
    text = "\n".join(OVEN_CLOSED) + "\n".join(SHIP_CLOSED)
    assert openings(parse_capture(text.encode())) == [OVEN[0], SHIP[0]]


def test_a_closing_line_cut_off_at_the_end_still_names_the_title():
    text = "\n".join([*OVEN_CLOSED, *SHIP, "The Voyage Field was originally published in Harb"])
    last = parse_capture(text.encode()).entries[-1]
    assert (last.title, last.publication) == ("The Voyage Field", None)


def test_the_closing_line_of_another_platform_counts_too():
    text = "\n".join([*OVEN, "The post Nine Ovens appeared first on Crumbly Notes."])
    (entry,) = parse_capture(text.encode()).entries
    assert (entry.title, entry.publication) == ("Nine Ovens", "Crumbly Notes")


def test_a_remnant_behind_the_last_closing_line_is_reported_and_not_made_an_article():
    parsed = parse(OVEN_CLOSED, ["My allotment has"])
    assert len(parsed.entries) == 1
    assert [(t.number, t.reason) for t in parsed.troubles] == [(2, "unread_text")]


def test_paragraphs_parted_by_blank_lines_are_the_same_articles():
    parsed = parse_capture("\n\n".join([*OVEN_CLOSED, *GARDEN, *SHIP_CLOSED]).encode())
    assert openings(parsed) == [OVEN[0], GARDEN[0], SHIP[0]]


def test_both_kinds_of_capture_in_one_file_lose_nothing():
    page = ["2026-03-05 23:30:10", *GARDEN, "2026-03-04 23:30:10", *GARDEN[:3]]
    for articles in ((OVEN_CLOSED, SHIP_CLOSED, page), (page, OVEN_CLOSED, SHIP_CLOSED)):
        parsed = parse_capture("\n".join(itertools.chain(*articles)).encode())
        text = "\n".join(b.text for e in parsed.entries for b in e.blocks or ())
        assert all(line in text for line in (*OVEN, *SHIP, *GARDEN))
        assert [e.number for e in parsed.entries] == [*range(1, len(parsed.entries) + 1)]
        assert sum(e.published_at is not None for e in parsed.entries) == 2


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("By Anna Bell & Josué de la Cruz", ("Anna Bell", "Josué de la Cruz")),
        ("Written by Anna Bell, Bo Ek and Cy Fox", ("Anna Bell", "Bo Ek", "Cy Fox")),
        ("Authored By: Anna Bell", ("Anna Bell",)),
        ("Authors: Anna Bell, Staff Engineer, and Bo Ek (Crumbly)", ("Anna Bell", "Bo Ek")),
        ("Anna Bell | Oven Lead, Lisbon; Bo Ek | Manager, Dough", ("Anna Bell", "Bo Ek")),
        ("By using one clock we saved nine.", ()),
        ("By Monday, nine ovens were cold and the bakers of Lisbon wrote a letter.", ()),
        ("Presented by: Anna Bell", ()),
        ("The price | the cost; the value | the worth", ()),
    ],
)
def test_by_lines_name_people_and_not_their_positions(line, names):
    assert names_in(line, load_rules().blog) == names


def test_the_by_line_of_an_article_gives_its_authors():
    parsed = parse(OVEN_CLOSED, ["By Anna Bell and Bo Ek", *SHIP_CLOSED])
    assert [entry.authors for entry in parsed.entries] == [(), ("Anna Bell", "Bo Ek")]


def test_numbered_references_are_a_list_and_dash_lines_are_headings():
    article = [
        "— First results", OVEN[0], "— Second results", OVEN[1], "References:",
        "[1] On the Drift of Cheap Crystals in Hot Rooms and What Bakers Do About It in Practice",
        "[2] Rye",
    ]  # fmt: skip
    (entry,) = parse(article).entries
    kinds = [(block.kind, block.text[:14]) for block in entry.blocks or ()]
    assert kinds == [
        ("heading", "First results"), ("paragraph", OVEN[0][:14]),
        ("heading", "Second results"), ("paragraph", OVEN[1][:14]),
        ("paragraph", "References:"), ("list_item", "[1] On the Dri"), ("list_item", "[2] Rye"),
    ]  # fmt: skip


def test_sentences_broken_at_inline_code_are_joined_and_code_is_kept_as_code():
    article = [
        "I had trouble with the oven config in oven-clock", ". It was broken in .clock.json",
        "file by file.", "def tick(oven):", "    return oven.now()", "end", "Now it runs.",
    ]  # fmt: skip
    (entry,) = parse([*article, *GARDEN]).entries
    assert [(block.kind, block.text) for block in (entry.blocks or ())[:3]] == [
        ("paragraph", "I had trouble with the oven config in oven-clock. It was broken in .clock.json file by file."),
        ("code", "def tick(oven):\n    return oven.now()\nend"),
        ("paragraph", "Now it runs."),
    ]  # fmt: skip


def test_an_embed_glued_to_a_sentence_is_an_embed_and_a_sentence():
    url = "https://medium.com/media/0123456789abcdef0123456789abcdef"
    (entry,) = parse([f"{url}/hrefThe first oven is old.", *GARDEN]).entries
    first, second = (entry.blocks or ())[:2]
    assert (first.kind, first.anchors[0].url) == ("embed", url)
    assert second.text == "The first oven is old."
