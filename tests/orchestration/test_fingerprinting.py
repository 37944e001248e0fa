"""Recurring copy: what ran named and marked elsewhere is known where it is neither."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pyarrow as pa
import pytest

from orchestration.normalise import normalise
from orchestration.registry import FeedEntry, Registry
from tests.transforms.conftest import item, rss
from transforms.html import plain_text
from transforms.records import (
    Article,
    ArticleCompany,
    ArticleRevision,
    ArticleTechnology,
    Section,
    SponsorPlacement,
    arrow_schema,
)
from warehouse.landing import Attempt
from warehouse.tables import read_rows, upsert

START = datetime(2026, 5, 30, 18, tzinfo=UTC)
REGISTRY = Registry(
    path=Path("feeds.toml"),
    feeds=(FeedEntry(id="letter", url="https://letters.news.example/feed"), FeedEntry(id="other")),
)
COPY = (
    "<p>Every query you run leaves a trace of what it cost and why it waited so long.</p>"
    "<p>Read the whole story of a slow morning, told by the people who fixed it before lunch.</p>"
)
NAMED = f'<h2><a href="https://tracelight.dev/x">See it (Sponsored)</a></h2>{COPY}<hr>'
UNNAMED = f'<h2><a href="https://bit.ly/3abc">See it (Sponsored)</a></h2>{COPY}<hr>'
TEXT = "<p>The index was rebuilt over a quiet weekend, and the numbers surprised everybody.</p>"


OTHER = NAMED.replace(COPY, "<p>Sleep well while your tests run all through a long night.</p>")
EARLIER = "Fri, 01 May 2026 15:30:00 GMT"


@pytest.fixture
def core(tmp_path):
    return tmp_path / "core"


def land(landing, *items, hours=0, feed_id="letter"):
    landing.land(
        Attempt(
            feed_id=feed_id, fetched_at=START + timedelta(hours=hours), outcome="ok",
            source_uri=f"https://{feed_id}.news.example/feed",
        ),
        rss(*items),
    )  # fmt: skip


def rows(core, record):
    return read_rows(core, arrow_schema(record)).to_pylist()


def placements(core):
    found = sorted(rows(core, SponsorPlacement), key=lambda row: (row["feed_id"], row["rule"]))
    return [(row["feed_id"], row["sponsor_name"], row["rule"]) for row in found]


def schema_with_month():
    return arrow_schema(Article).append(pa.field("month", pa.string()))


def creatives(core):
    found = rows(core, SponsorPlacement)
    found.sort(key=lambda row: (row["copy_text"][:5], row["published_at"]))
    return [(row["creative_id"], row["placement_id"]) for row in found]


def groups(core):
    by_creative = {}
    for creative, placement in creatives(core):
        by_creative.setdefault(creative, set()).add(placement)
    return sorted(sorted(group) for group in by_creative.values())


def test_an_unnamed_run_of_a_copy_gets_the_name_of_the_named_one(landing, core):
    land(landing, item(NAMED + TEXT, slug="1"))
    land(landing, item(UNNAMED + TEXT, slug="2"), feed_id="other")

    normalise(landing, core, REGISTRY)

    assert placements(core) == [
        ("letter", "Tracelight", "label-suffix+domain-new"),
        ("other", "Tracelight", "label-suffix+copy-seen"),
    ]
    sponsors = [
        row["company_name"] for row in rows(core, ArticleCompany) if row["role"] == "sponsor"
    ]
    assert sponsors == ["Tracelight", "Tracelight"]


def test_an_unmarked_run_of_a_copy_is_found_in_the_text(landing, core):
    land(landing, item(NAMED + TEXT, slug="1"))
    land(landing, item(TEXT + COPY + TEXT, slug="2"), feed_id="other")

    normalise(landing, core, REGISTRY)

    (found,) = [row for row in rows(core, SponsorPlacement) if row["feed_id"] == "other"]
    assert (found["sponsor_name"], found["rule"]) == ("Tracelight", "copy-seen+copy-seen")
    assert (found["position"], found["is_labelled"]) == ("middle", False)
    assert found["copy_text"].startswith("Every query you run")
    assert found["published_at"] is not None


def test_a_copy_found_by_its_words_is_no_part_of_the_article_any_more(landing, core):
    copy = COPY + "<p>It watches Kafka and Datadog for you.</p>"
    land(landing, item(NAMED.replace(COPY, copy) + TEXT, slug="1"))
    land(landing, item(TEXT + copy + TEXT, slug="2"), feed_id="other")

    normalise(landing, core, REGISTRY)

    (article,) = [row for row in rows(core, Article) if row["feed_id"] == "other"]
    (section,) = [row for row in rows(core, Section) if row["article_id"] == article["article_id"]]
    plain = plain_text(TEXT)
    assert article["text"] == section["text"] == f"{plain}\n{plain}"
    assert article["word_count"] == section["word_count"] == len(article["text"].split())
    assert (section["char_start"], section["char_end"]) == (0, len(article["text"]))
    companies = [r for r in rows(core, ArticleCompany) if r["article_id"] == article["article_id"]]
    assert [(r["company_name"], r["role"]) for r in companies] == [("Tracelight", "sponsor")]
    technologies = {row["article_id"] for row in rows(core, ArticleTechnology)}
    assert article["article_id"] not in technologies


def test_a_section_that_is_nothing_but_a_copy_becomes_the_sponsors(landing, core):
    land(landing, item(NAMED + TEXT, slug="1"))
    link = '<p><a href="https://tracelight.dev/x">Read the whole story</a></p>'
    body = f"<h2>News</h2>{TEXT}<h2>More</h2>{COPY}<h2>Last</h2>{TEXT}{link}"
    land(landing, item(body, slug="2"), feed_id="other")

    normalise(landing, core, REGISTRY)

    (article,) = [row for row in rows(core, Article) if row["feed_id"] == "other"]
    own = [row for row in rows(core, Section) if row["article_id"] == article["article_id"]]
    assert [(row["heading"], row["role"]) for row in own][1] == ("More", "sponsor")
    assert "Every query" not in article["text"]
    assert article["text"].count("quiet weekend") == 2
    last = own[2]
    assert article["text"][last["char_start"] : last["char_end"]] == last["text"]


@pytest.mark.parametrize("lost", ["article", "tags"])
def test_a_run_killed_while_a_copy_was_taken_out_is_made_good(landing, core, lost):
    land(landing, item(NAMED + TEXT, slug="1"))
    land(landing, item(TEXT + COPY + TEXT, slug="2"), feed_id="other")
    normalise(landing, core, REGISTRY)
    whole = rows(core, Article)
    untouched = {
        "article": {"text": "The text before", "word_count": 3},
        "tags": {"lexicon_version": ""},
    }[lost]
    torn = [{**row, **untouched} if row["feed_id"] == "other" else row for row in whole]
    upsert(core, arrow_schema(Article), pa.Table.from_pylist(torn, schema_with_month()))
    (core / ".copies-uncompared").touch()

    normalise(landing, core, REGISTRY)

    assert rows(core, Article) == whole


def test_a_feed_that_labels_its_adverts_lists_the_same_text_unpaid(landing, core):
    land(landing, item(NAMED + TEXT, slug="1"), item(TEXT + COPY + TEXT, slug="2"))

    normalise(landing, core, REGISTRY)

    assert placements(core) == [("letter", "Tracelight", "label-suffix+domain-new")]


def test_text_that_stands_in_issue_after_issue_is_no_advert(landing, core):
    land(landing, item(NAMED + TEXT, slug="1"))
    issues = [item(TEXT + COPY + TEXT, slug=f"{n}", title=f"Issue {n}") for n in range(2, 8)]
    land(landing, *issues, feed_id="other")

    normalise(landing, core, REGISTRY)

    assert [feed for feed, *_ in placements(core)] == ["letter"]


def test_small_edits_are_the_same_copy_and_other_copy_is_not(landing, core):
    edited = UNNAMED.replace("before lunch", "by noon").replace("so long", "this long")
    other = UNNAMED.replace(COPY, "<p>Sleep well while your tests run through the night.</p>")
    land(landing, item(NAMED + TEXT, slug="1"), item(edited + TEXT, slug="2"))
    land(landing, item(other + TEXT, slug="3"), feed_id="other")

    normalise(landing, core, REGISTRY)

    assert [name for feed, name, _ in placements(core) if feed == "letter"] == ["Tracelight"] * 2
    assert [name for feed, name, _ in placements(core) if feed == "other"] == [None]


def test_an_older_article_is_named_by_a_later_issue_with_a_revision(landing, core):
    land(landing, item(UNNAMED + TEXT, slug="1"))
    normalise(landing, core, REGISTRY)
    land(landing, item(NAMED + TEXT, slug="2"), hours=24, feed_id="other")

    normalise(landing, core, REGISTRY)

    older = next(row for row in rows(core, Article) if row["feed_id"] == "letter")
    revisions = [
        row for row in rows(core, ArticleRevision) if row["article_id"] == older["article_id"]
    ]
    assert older["revision"] == 2
    assert [(row["revision"], row["changes"]) for row in revisions] == [(1, []), (2, ["sponsor"])]
    assert revisions[1]["seen_at"] == START + timedelta(hours=24)


def test_one_run_and_two_give_the_same_rows(landing, core, tmp_path):
    land(landing, item(UNNAMED + TEXT, slug="1"))
    normalise(landing, core, REGISTRY)
    land(landing, item(NAMED + TEXT, slug="2"), hours=24, feed_id="other")
    normalise(landing, core, REGISTRY)

    again = tmp_path / "again"
    normalise(landing, again, REGISTRY)

    for record in (SponsorPlacement, Article, ArticleRevision, ArticleCompany):
        assert rows(again, record) == rows(core, record)


def test_small_edits_are_runs_of_one_creative_in_whatever_feed(landing, core):
    edited = NAMED.replace("before lunch", "by noon").replace("so long", "this long")
    land(landing, item(NAMED + TEXT, slug="1", date=EARLIER))
    land(landing, item(edited + TEXT, slug="2"), item(OTHER + TEXT, slug="3"), feed_id="other")

    normalise(landing, core, REGISTRY)

    first, second, third = creatives(core)
    assert first[0] == second[0] == first[1]  # the id is that of the first run
    assert third[0] == third[1]


def test_a_later_reading_joins_what_is_known_and_leaves_it_as_it_was(landing, core):
    newer = item(NAMED + TEXT, slug="1")
    older = item(NAMED.replace("so long", "this long") + TEXT, slug="2", date=EARLIER)
    land(landing, newer)
    normalise(landing, core, REGISTRY)
    before = creatives(core)
    land(landing, older, hours=24, feed_id="other")

    normalise(landing, core, REGISTRY)

    assert before[0] in creatives(core)
    assert {creative for creative, _ in creatives(core)} == {before[0][0]}


def test_creatives_do_not_depend_on_the_order_in_which_issues_were_read(landing, core, tmp_path):
    edits = [NAMED, NAMED.replace("so long", "this long"), NAMED.replace("lunch", "noon"), OTHER]
    for hours, body in enumerate(edits):
        land(landing, item(body + TEXT, slug=f"{hours}"), hours=hours)
        normalise(landing, core, REGISTRY)
    together = tmp_path / "together"
    normalise(landing, together, REGISTRY)

    assert groups(together) == groups(core)
    assert sorted(len(group) for group in groups(core)) == [1, 3]


def test_a_run_killed_before_copies_were_compared_is_made_good(landing, core):
    land(landing, item(NAMED + TEXT, slug="1"))
    land(landing, item(UNNAMED + TEXT, slug="2"), feed_id="other")
    normalise(landing, core, REGISTRY)
    (core / ".copies-uncompared").touch()
    for path in (core / "sponsor_placements").rglob("*.parquet"):
        assert path.exists()

    normalise(landing, core, REGISTRY)

    assert not (core / ".copies-uncompared").exists()
    assert placements(core)[1] == ("other", "Tracelight", "label-suffix+copy-seen")


def test_a_run_without_news_reads_and_writes_nothing(landing, core):
    land(landing, item(NAMED + TEXT, slug="1"), item(UNNAMED + TEXT, slug="2"))
    normalise(landing, core, REGISTRY)
    before = {path: path.read_bytes() for path in core.rglob("*") if path.is_file()}

    normalise(landing, core, REGISTRY)

    assert {path: path.read_bytes() for path in core.rglob("*") if path.is_file()} == before
