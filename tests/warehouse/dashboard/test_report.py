import base64
import re
import shutil
from datetime import UTC, date, datetime
from html.parser import HTMLParser

import pytest

from warehouse.dashboard.report import UnknownFeedError, make_report, write_report
from warehouse.dashboard.report.tables import table_of
from warehouse.dashboard.shelf import ShelfEmptyError


class Page(HTMLParser):
    """Tags with their attributes, and all text, of a page."""

    def __init__(self, html):
        super().__init__()
        self.tags, self.text = [], ""
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.text += data


@pytest.fixture(scope="module")
def html(shelf_data):
    return make_report(shelf_data)


def test_the_page_asks_for_nothing_and_runs_nothing(html):
    page = Page(html)
    loaded = [
        value
        for _, attributes in page.tags
        for name, value in attributes.items()
        if name in {"src", "srcset", "background", "data", "action", "poster"}
    ]

    assert loaded
    assert all(value.startswith("data:image/svg+xml;base64,") for value in loaded)
    assert not {"script", "link", "iframe", "object", "embed", "form"} & {
        tag for tag, _ in page.tags
    }
    assert "url(" not in html
    policy = next(a["content"] for tag, a in page.tags if tag == "meta" and "http-equiv" in a)
    assert policy.startswith("default-src 'none'")


def test_charts_are_pictures_without_scripts_and_say_what_they_show(html):
    pictures = re.findall(r'src(?:set)?="data:image/svg\+xml;base64,([^"]+)"', html)
    drawn = [base64.b64decode(each).decode() for each in pictures]

    assert drawn
    assert all(each.startswith("<svg") and "<script" not in each for each in drawn)
    assert all(a["alt"] for tag, a in Page(html).tags if tag == "img")


def test_it_tells_what_is_in_the_tables(html):
    text = " ".join(Page(html).text.split())

    assert "The Ledger" in text
    assert "Datadog" in text
    assert "ledger number 6: vector index" in text


def test_the_same_tables_give_the_same_page(html, shelf_data):
    assert make_report(shelf_data) == html


def test_a_report_of_one_feed_and_some_days_shows_nothing_else(shelf_data):
    page = Page(
        make_report(shelf_data, feeds=["forge"], since=date(2026, 4, 1), until=date(2026, 4, 30))
    )

    assert next(tag for tag, _ in page.tags if tag == "h1")
    assert "forge number 4" in page.text
    assert "forge number 5" not in page.text
    assert "ledger number" not in page.text


def test_days_without_articles_say_so(shelf_data):
    page = Page(make_report(shelf_data, since=date(2020, 1, 1), until=date(2020, 2, 1)))

    assert "Nothing in these feeds and days." in page.text


def test_hostile_text_stays_text_and_only_web_addresses_are_links(
    tmp_path, put, world, build, as_of
):
    title = '<script>alert(1)</script><img src=x onerror="alert(1)">'
    articles = [
        {**world["articles"][0], "article_id": f"x{number}", "title": title, "url": url}
        for number, url in enumerate(
            ["javascript:alert(1)", "data:text/html,x", 'https://a.example/"><script>']
        )
    ]
    feeds = [{"feed_id": "ledger", "title": "<b>The</b> Ledger"}]
    documents = [{"document_id": "ledger-d", "entry_count": 3, "new_count": 3}]
    put(tmp_path, {"feeds": feeds, "documents": documents, "articles": articles})
    build(tmp_path, as_of)

    page = Page(make_report(tmp_path))

    assert page.text.count(title) == 3
    assert "<b>The</b> Ledger" in page.text
    assert not {"script", "b"} & {tag for tag, _ in page.tags}
    assert [a["href"] for tag, a in page.tags if tag == "a"] == ['https://a.example/"><script>']
    assert not [name for _, attributes in page.tags for name in attributes if name.startswith("on")]


def test_an_unknown_feed_is_told_with_those_there_are(shelf_data):
    with pytest.raises(UnknownFeedError, match=r"no feed 'forgery'.*there are: forge, ledger"):
        make_report(shelf_data, feeds=["forgery"])


def test_without_tables_it_says_what_builds_them(tmp_path):
    with pytest.raises(ShelfEmptyError, match="feedhouse run"):
        make_report(tmp_path)


def test_tables_that_hold_no_article_make_a_page_too(tmp_path, put, build):
    put(tmp_path, {"feeds": [{"feed_id": "new", "title": "New"}]})
    build(tmp_path, datetime(2026, 5, 30, tzinfo=UTC))

    assert "Nothing in these feeds and days." in make_report(tmp_path)


def test_it_is_written_whole_over_an_older_one(tmp_path, html):
    path = tmp_path / "reports" / "all.html"
    write_report(path, "old")
    write_report(path, html)

    assert path.read_text(encoding="utf-8") == html
    assert [each.name for each in path.parent.iterdir()] == ["all.html"]


def test_cells_say_days_shares_counts_and_lists_in_words(shelf):
    frame = shelf.frame(
        "select date '2026-05-01' as month_date, date '2026-05-03' as first_date,"
        " 0.256::double as sold_share, 12345 as words, true as is_new, ['top', 'middle'] as slots,"
        " null::varchar as nothing, 2.25::double as gap_days",
        {},
    )
    table = table_of(frame)

    assert [heading for heading, _ in table.headings][:3] == ["Month", "First", "Sold share"]
    assert [cell.text for cell in table.rows[0]] == [
        "May 2026", "2026-05-03", "26%", "12,345", "yes", "top, middle", "", "2.2"
    ]  # fmt: skip


def test_the_warehouse_file_is_not_needed(shelf_data, tmp_path):
    data = shutil.copytree(shelf_data, tmp_path / "data")

    assert not (data / "feedhouse.duckdb").exists()
    assert "Datadog" in make_report(data)
