"""From landed bytes to core tables: whole, once, and the same again."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from orchestration.normalise import normalise
from orchestration.registry import FeedEntry, Registry
from tests.transforms.conftest import item, rss
from transforms.records import (
    RECORDS,
    Article,
    ArticleRevision,
    Document,
    Fetch,
    Sponsor,
    SponsorPlacement,
    arrow_schema,
)
from warehouse.landing import Attempt
from warehouse.tables import read_rows

START = datetime(2026, 5, 30, 18, tzinfo=UTC)
REGISTRY = Registry(
    path=Path("feeds.toml"),
    feeds=(FeedEntry(id="letter", url="https://letters.news.example/feed"),),
)


@pytest.fixture
def core(tmp_path):
    return tmp_path / "core"


def land(landing, body, *, hours=0, feed_id="letter"):
    return landing.land(
        Attempt(
            feed_id=feed_id, fetched_at=START + timedelta(hours=hours), outcome="ok",
            source_uri="https://letters.news.example/feed",
        ),
        body,
    )  # fmt: skip


def rows(core, record):
    return read_rows(core, arrow_schema(record)).to_pylist()


def files(core):
    return {path: path.read_bytes() for path in core.rglob("*.parquet")}


def test_every_table_has_its_rows_and_feed(landing, core):
    land(landing, rss(item("<p>Words.</p>")))

    report = normalise(landing, core, REGISTRY)

    assert report.feeds["letter"].new == 1
    assert [row["title"] for row in rows(core, Article)] == ["A post"]
    assert [row["outcome"] for row in rows(core, Fetch)] == ["ok"]


AD = "<h2>{} keeps rows fast (Sponsored)</h2><p>{} moves rows. <a href='{}'>Try it</a></p><hr>"
SPELLINGS = (
    ("Your fleet", "It", "https://heilmannsoftware.com/a"),
    ("Heilmann Software", "Heilmann Software", "https://heilmannsoftware.com/b"),
)


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_a_sponsor_is_one_and_well_spelled_whatever_issue_is_read_first(landing, core, order):
    for hours, number in enumerate(order):
        body = f"{AD.format(*SPELLINGS[number])}<p>Words of our own.</p>"
        land(landing, rss(item(body, slug=f"issue-{number}")), hours=hours)
        normalise(landing, core, REGISTRY)

    spelled = {row["sponsor_name"] for row in rows(core, SponsorPlacement)}
    assert spelled == {"Heilmannsoftware", "Heilmann Software"}
    (sponsor,) = rows(core, Sponsor)
    assert (sponsor["sponsor_id"], sponsor["sponsor_name"]) == (
        "heilmannsoftware",
        "Heilmann Software",
    )


def test_a_second_run_changes_no_byte(landing, core):
    land(landing, rss(item("<p>Words.</p>")))
    normalise(landing, core, REGISTRY)
    before = files(core)

    report = normalise(landing, core, REGISTRY)

    assert files(core) == before
    assert report.document_count == 0


def test_an_edit_makes_a_revision_and_keeps_the_first_sight(landing, core):
    land(landing, rss(item("<p>Words.</p>")))
    land(landing, rss(item("<p>Better words.</p>")), hours=24)

    normalise(landing, core, REGISTRY)

    (article,) = rows(core, Article)
    assert (article["revision"], article["text"]) == (2, "Better words.")
    assert article["first_seen_at"] == START
    assert [row["changes"] for row in rows(core, ArticleRevision)] == [[], ["body"]]


PAID = '<h2><a href="https://{0}.example/">{0} (Sponsored)</a></h2><p>{0} ships fast.</p><hr>'


@pytest.mark.parametrize("is_at_once", [True, False], ids=["in one run", "in two runs"])
def test_an_edit_keeps_what_it_changed_as_it_was_before(landing, core, is_at_once):
    land(landing, rss(item(f"{PAID.format('Acme')}<p>Words.</p>", title="Old")))
    if not is_at_once:
        normalise(landing, core, REGISTRY)
    land(landing, rss(item(f"{PAID.format('Kettle')}<p>More words.</p>", title="New")), hours=1)
    land(landing, rss(item(f"{PAID.format('Kettle')}<p>More words.</p>", title="Newest")), hours=2)

    normalise(landing, core, REGISTRY)

    first, second, third = rows(core, ArticleRevision)
    assert second["changes"] == ["title", "body", "sponsor", "links"]
    assert second["text_before"] == "Words."
    assert len(second["copies_before"]) == 1
    assert "Acme" in second["copies_before"][0]
    assert second["links_before"] == ["https://acme.example/"]
    for other in (first, third):
        before = [other[f"{part}_before"] for part in ("text", "copies", "links")]
        assert before == [None, None, None]


@pytest.mark.parametrize("table", ["article_revisions", "sections", "links", "sponsor_placements"])
def test_a_run_killed_amid_its_tables_is_made_good_with_the_state_before(landing, core, table):
    ad = "<h2>Rows that keep (Sponsored)</h2><p>{} keeps them. <a href='{}'>Try</a></p><hr>"
    land(landing, rss(item(f"{ad.format('Acme', 'https://acme.example/')}<p>Words.</p>")))
    normalise(landing, core, REGISTRY)
    begun = {path: path.read_bytes() for path in core.rglob("*") if path.is_file()}
    edited = f"{ad.format('Norvik', 'https://norvik.example/')}<p>Other words.</p>"
    land(landing, rss(item(edited)), hours=1)
    normalise(landing, core, REGISTRY)
    whole = {record: rows(core, record) for record in RECORDS}
    # In the order of their writing: what comes after the table killed at stays as it was.
    order = ["article_revisions", "sections", "links", "sponsor_placements"]
    done = order[: order.index(table) + 1]
    for path in [each for each in core.rglob("*") if each.is_file()]:
        if path.relative_to(core).parts[0] not in done:
            path.unlink()
    for path, content in begun.items():
        if path.relative_to(core).parts[0] not in done:
            path.write_bytes(content)

    normalise(landing, core, REGISTRY)

    for record in RECORDS:
        assert rows(core, record) == whole[record], record


def test_one_run_and_many_runs_give_the_same_rows(landing, core, tmp_path):
    bodies = [
        rss(item("<p>One.</p>", slug="1")),
        rss(item("<p>Two.</p>", slug="2"), item("<p>One.</p>", slug="1")),
        rss(item("<p>Two, edited.</p>", slug="2"), item("<p>One.</p>", slug="1")),
    ]
    for hours, body in enumerate(bodies):
        land(landing, body, hours=hours)
        normalise(landing, core, REGISTRY)
    at_once = tmp_path / "at_once"
    normalise(landing, at_once, REGISTRY)

    for record in RECORDS:
        assert rows(core, record) == rows(at_once, record), record


def test_an_article_that_changes_its_month_stands_in_one_month_only(landing, core):
    land(landing, rss(item("<p>Words.</p>", date="Thu, 30 Apr 2026 10:00:00 GMT")))
    normalise(landing, core, REGISTRY)
    land(landing, rss(item("<p>New words.</p>", date="Fri, 01 May 2026 10:00:00 GMT")), hours=1)

    normalise(landing, core, REGISTRY)

    assert [row["month"] for row in rows(core, Article)] == ["2026-05"]
    assert not list((core / "sections").glob("month=2026-04/*"))


def test_the_overlap_of_a_window_is_the_share_that_was_known(landing, core):
    land(landing, rss(item("a", slug="1"), item("b", slug="2")))
    land(landing, rss(item("b", slug="2"), item("c", slug="3")), hours=1)

    normalise(landing, core, REGISTRY)

    assert [row["window_overlap"] for row in rows(core, Fetch)] == [None, 0.5]


def test_a_document_that_is_no_feed_is_a_row_and_stops_nothing(landing, core):
    land(landing, b"<html><body>Log in</body></html>")
    land(landing, rss(item("<p>Words.</p>")), hours=1)

    report = normalise(landing, core, REGISTRY)

    assert report.feeds["letter"].rejected == 1
    assert [row["status"] for row in rows(core, Document)] == ["rejected", "read"] or [
        row["status"] for row in rows(core, Document)
    ] == ["read", "rejected"]
    assert len(rows(core, Article)) == 1


def test_a_damaged_body_is_told_and_tried_again_when_it_is_mended(landing, core):
    body = rss(item("<p>Words.</p>"))
    land(landing, body)
    (path,) = landing.root.glob("letter/*.gz")
    whole = path.read_bytes()
    path.write_bytes(whole[:40])

    report = normalise(landing, core, REGISTRY)
    assert "damaged" in report.troubles[0]
    assert rows(core, Document) == []

    path.write_bytes(whole)
    normalise(landing, core, REGISTRY)
    assert len(rows(core, Article)) == 1


def test_an_older_capture_that_comes_later_moves_the_first_sight_back(landing, core):
    land(landing, rss(item("<p>Words.</p>", slug="1"), item("x", slug="2")), hours=5)
    normalise(landing, core, REGISTRY)
    land(landing, rss(item("<p>Words.</p>", slug="1")), hours=1)

    normalise(landing, core, REGISTRY)

    seen = {row["url"][-1]: row["first_seen_at"] for row in rows(core, Article)}
    assert seen == {"1": START + timedelta(hours=1), "2": START + timedelta(hours=5)}


def test_a_damaged_line_is_told_and_stops_nothing(landing, core):
    land(landing, rss(item("<p>Words.</p>")))
    land(landing, rss(item("<p>Words.</p>")), feed_id="other")
    path = landing.root / "letter" / "attempts.jsonl"
    path.write_bytes(b"\0\n" + path.read_bytes())

    report = normalise(landing, core, REGISTRY)

    assert len(report.troubles) == 1
    assert f"{path}, line 1 is damaged" in report.troubles[0]
    assert {row["feed_id"] for row in rows(core, Fetch)} == {"letter", "other"}
    before = files(core)
    again = normalise(landing, core, REGISTRY)
    assert files(core) == before
    assert len(again.troubles) == 1


def test_an_attempt_tells_who_was_asked_and_rows_of_an_earlier_version_are_read_anew(landing, core):
    land(landing, rss(item("<p>Words.</p>")))
    asked = {
        "feed": ("rate_limited", {}),
        "history:substack": ("blocked", {"source": "substack"}),
        "import": ("imported", {"source": "warc"}),
    }
    for hours, (outcome, options) in enumerate(asked.values(), start=1):
        moment = START + timedelta(hours=hours)
        landing.land(
            Attempt(feed_id="letter", fetched_at=moment, outcome=outcome, options=options), None
        )
    normalise(landing, core, REGISTRY)
    told = [row["source"] for row in rows(core, Fetch)]
    (path,) = (core / "fetches").rglob("*.parquet")
    pq.write_table(pq.ParquetFile(path).read().drop_columns(["source"]), path)

    normalise(landing, core, REGISTRY)

    assert told == ["feed", *asked]
    assert [row["source"] for row in rows(core, Fetch)] == told
