"""The page of articles: found by words and filters, each shown down to where it was read."""

import dataclasses
from datetime import UTC, datetime

import pytest

from warehouse.dashboard.charts import articles as charts
from warehouse.dashboard.shelf import open_shelf
from warehouse.dashboard.untrusted import plain

HOSTILE = "![x](http://evil.example/a.png) <script>alert(1)</script> :red[no] $x$"


@pytest.fixture
def found(whole_view):
    """Return a function that finds articles and returns their ids."""

    def find(name="articles/found", **chosen):
        nothing = {"words": "", "rows": 100, "kind": None, "topic": None, "company": None}
        frame = whole_view.ask(name, **(nothing | {"paid": None} | chosen))
        return list(frame["article_id"])

    return find


def test_without_a_wish_all_articles_are_found_the_newest_first(found):
    assert len(found()) == 12
    assert found()[:2] == ["forge-6", "ledger-6"]


@pytest.mark.parametrize("words", ["FORGE 3", "3 forge", " forge  3: "])
def test_all_words_must_stand_in_the_title_in_any_order(found, words):
    assert found(words=words) == ["forge-3"]


def test_words_of_the_text_are_found_on_demand_only(found):
    assert found(words="kafka") == []
    assert len(found("articles/found_in_text", words="kafka forge")) == 6


def test_signs_of_patterns_are_words_like_others(found):
    assert (
        found(words="%")
        == found(words="number.")
        == found("articles/found_in_text", words="_")
        == []
    )


def test_filters_narrow_together(found):
    assert found(company="datadog") == ["ledger-2", "ledger-1"]
    assert found(paid="sponsored") == ["ledger-4", "ledger-3", "ledger-2", "ledger-1"]
    assert found(paid="not sponsored", company="datadog") == []
    assert len(found(topic="ai-agents", kind="deep_dive")) == 12
    assert found(kind="digest") == []


def test_the_list_goes_to_the_article_of_its_address(page_of, whole_view):
    page = page_of("articles", whole_view, words="ledger 2")

    assert list(page.dataframe[0].value["article_id"]) == ["ledger-2"]
    assert "1 article found." in [each.value for each in page.caption]


def test_an_unknown_article_is_said_to_be_unknown(page_of, whole_view):
    page = page_of("articles", whole_view, article="0000")

    assert page.title[0].value == "No such article"


@pytest.fixture(scope="session")
def hostile_view(tmp_path_factory, put, world, build, as_of, whole_view):
    """The small world, one of whose articles would like to be more than text."""
    folder = tmp_path_factory.mktemp("hostile")
    at = datetime(2026, 5, 19, 15, tzinfo=UTC)
    seen = {"seen_at": at, "document_id": "ledger-d"}
    put(folder, world)
    put(
        folder,
        {
            "articles": [
                {
                    "article_id": "bad",
                    "title": HOSTILE,
                    "subtitle": HOSTILE,
                    "text": HOSTILE,
                    "url": "javascript:alert(1)",
                    "published_at": at,
                    "first_seen_at": at,
                    "revision": 2,
                    "document_id": "ledger-d",
                }
            ],
            "sections": [
                {
                    "article_id": "bad",
                    "section_number": 1,
                    "role": "sponsor",
                    "heading": HOSTILE,
                    "text": HOSTILE,
                    "word_count": 9,
                    "month": "2026-05",
                }
            ],
            "links": [
                {
                    "article_id": "bad",
                    "link_number": number,
                    "role": "body",
                    "url": url,
                    "canonical_url": url,
                    "month": "2026-05",
                }
                for number, url in enumerate(["javascript:alert(1)", "https://ok.example/"], 1)
            ],
            "article_revisions": [
                {"article_id": "bad", "revision": 1, "title": "Before"} | seen,
                {"article_id": "bad", "revision": 2, "title": HOSTILE}
                | {"changes": ["title", "body", "links"]}
                | {"text_before": f"Stays.\n{HOSTILE} was.", "links_before": []}
                | seen,
                {"article_id": "bad", "revision": 3, "title": HOSTILE}
                | {"changes": ["body", "links"], "text_before": f"Stays.\n{HOSTILE} is."}
                | {"links_before": ["https://old.example/", "javascript:alert(1)"]}
                | seen,
            ],
            "article_sources": [
                {"article_id": "bad", "document_id": "ledger-d", "month": "2026-05"}
            ],
        },
    )
    build(folder, as_of)
    return dataclasses.replace(whole_view, shelf=open_shelf(folder))


@pytest.fixture(scope="session")
def hostile_frames(hostile_view):
    return {
        name: hostile_view.ask(f"articles/{name}", article="bad", month="2026-05")
        for name in ("revisions", "provenance")
    }


def test_text_of_others_stays_text_on_the_page_of_an_article(page_of, hostile_view):
    page = page_of("articles", hostile_view, article="bad")

    marked = [page.title[0].value, *(each.value for each in page.markdown)]
    assert any("evil" in each for each in marked)
    for each in marked:
        assert "](" not in each.replace("\\]\\(", ""), "no picture and no link"
        assert "<script" not in each.replace("\\<", "")
    assert HOSTILE in [each.value for each in page.text], "as text it may say what it likes"
    links = next(each.value for each in page.dataframe if "anchor_text" in each.value)
    assert links["url"].dropna().tolist() == ["https://ok.example/"]


def test_an_edit_is_shown_word_by_word(page_of, hostile_view):
    page = page_of("articles", hostile_view, article="bad")

    told = [each.value for each in page.markdown]
    title = f":red-background[~~Before~~] :green-background[**{plain(HOSTILE)}**]"
    assert title in told
    (body,) = (each for each in told if "~~was\\.~~" in each)
    assert body.endswith(":red-background[~~was\\.~~] :green-background[**is\\.**]")


def test_edits_are_told_part_by_part_with_what_stood_there_before_and_after(hostile_view):
    frame = hostile_view.ask("articles/edits", article="bad", month="2026-05")

    old = "https://old.example/\njavascript:alert(1)"
    rows = frame[["revision", "part", "before", "after"]].values.tolist()
    assert rows == [
        [2, "title", "Before", HOSTILE],
        [2, "text", f"Stays.\n{HOSTILE} was.", f"Stays.\n{HOSTILE} is."],
        [2, "links", "", old],
        [3, "text", f"Stays.\n{HOSTILE} is.", HOSTILE],
        [3, "links", old, "https://ok.example/\njavascript:alert(1)"],
    ]


def test_an_article_leads_to_the_file_it_was_read_from(hostile_frames):
    (row,) = hostile_frames["provenance"].to_dict("records")

    assert row["landed_file"] == "landing/ledger/20260305T150000.000000Z-ledger-d.*.gz"
    assert row["is_latest"]


def test_sections_are_stacked_in_reading_order_and_coloured_by_role(hostile_view):
    frame = hostile_view.ask("articles/sections", article="bad", month="2026-05")

    encoding = charts.sections(frame).to_dict()["encoding"]

    assert encoding["color"]["scale"]["domain"] == ["paid placement"]
    assert encoding["order"]["field"] == "section_number"
