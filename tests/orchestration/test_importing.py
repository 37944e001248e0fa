"""Local files to the landing."""

import os
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from orchestration.importing import ImportChoice, import_files
from orchestration.registry import FeedEntry, Registry
from tests.orchestration.history_origin import services
from tests.transforms.conftest import item, rss
from transforms.capture_times import FILE_TIME
from warehouse.landing import Landing

REGISTRY = Registry(
    path=Path("feeds.toml"),
    feeds=(FeedEntry(id="load-letter", url="https://letters.news.example/feed"),),
)


@pytest.fixture
def landing(tmp_path):
    return Landing(tmp_path / "landing")


def saved(folder, name, body):
    path = folder / name
    path.write_bytes(body)
    return path


def run(landing, *paths, **choice):
    return import_files(landing, REGISTRY, paths, ImportChoice(**choice))


def test_a_saved_feed_is_landed_for_the_feed_that_is_named(landing, tmp_path):
    path = saved(tmp_path, "window.xml", rss(item("a")))

    (outcome,) = run(landing, path, feed_id="load-letter")

    assert (outcome.status, outcome.feed_id, outcome.entry_count) == ("landed", "load-letter", 1)
    assert [d.source_uri for d in landing.documents()] == [path.as_uri()]


def test_the_same_file_again_lands_nothing(landing, tmp_path):
    path = saved(tmp_path, "window.xml", rss(item("a")))
    run(landing, path, feed_id="load-letter")

    (outcome,) = run(landing, path, feed_id="load-letter")

    assert outcome.status == "known"
    assert len(list(landing.attempts())) == 1


def test_a_missing_file_is_told_and_stops_no_other(landing, tmp_path):
    path = saved(tmp_path, "window.xml", rss(item("a")))

    outcomes = run(landing, tmp_path / "nowhere.xml", path, feed_id="load-letter")

    assert sorted(outcome.status for outcome in outcomes) == ["failed", "landed"]
    assert any("no such file" in (outcome.note or "") for outcome in outcomes)


def test_a_file_that_is_no_feed_is_told_with_what_it_is(landing, tmp_path):
    page = saved(tmp_path, "page.html", b"<!doctype html><html><body>Hi</body></html>")

    (outcome,) = run(landing, page, feed_id="load-letter")

    assert outcome.status == "failed"
    assert "web page" in outcome.note


def test_an_id_that_is_nearly_a_known_one_is_taken_for_a_mistake(landing, tmp_path):
    path = saved(tmp_path, "window.xml", rss(item("a")).replace(b"letters.news", b"other.news"))

    (outcome,) = run(landing, path, feed_id="load-leter")

    assert outcome.status == "failed"
    assert "did you mean 'load-letter'" in outcome.note


def test_an_unknown_id_for_a_file_of_a_known_feed_is_taken_for_a_mistake(landing, tmp_path):
    body = rss(item("a")).replace(
        b"<generator>",
        b'<atom:link xmlns:atom="http://www.w3.org/2005/Atom" rel="self"'
        b' href="https://letters.news.example/feed"/><generator>',
    )

    (outcome,) = run(landing, saved(tmp_path, "w.xml", body), feed_id="nosuch")

    assert outcome.status == "failed"
    assert "unknown feed id 'nosuch'" in outcome.note


def test_a_file_of_an_unknown_publication_founds_a_feed_that_is_only_imported(landing, tmp_path):
    body = rss(item("a")).replace(b"letters.news", b"other.news")

    (outcome,) = run(landing, saved(tmp_path, "w.xml", body), feed_id="weekly-thing")

    assert (outcome.status, outcome.feed_id) == ("landed", "weekly-thing")
    assert "nothing fetches it" in outcome.note


@pytest.mark.parametrize(
    ("name", "moment"),
    [
        ("w-2026-05-30T15:30:00Z.xml", datetime(2026, 5, 30, 15, 30, tzinfo=UTC)),
        ("w-20260530T153000Z.xml", datetime(2026, 5, 30, 15, 30, tzinfo=UTC)),
        ("w-2026-05-30T15-30.xml", datetime(2026, 5, 30, 15, 30, tzinfo=UTC)),
        ("w-2026-05-30T15:30:00+0200.xml", datetime(2026, 5, 30, 13, 30, tzinfo=UTC)),
        ("w-1780155000.xml", datetime(2026, 5, 30, 15, 30, tzinfo=UTC)),
    ],
)
def test_the_time_of_capture_stands_in_the_name(landing, tmp_path, name, moment):
    (outcome,) = run(landing, saved(tmp_path, name, rss(item("a"))), feed_id="load-letter")

    assert outcome.captured_at == moment


def test_without_a_time_in_its_name_a_file_was_captured_when_it_was_written(landing, tmp_path):
    path = saved(tmp_path, "w.xml", rss(item("a")))
    os.utime(path, (1780155000, 1780155000))

    (outcome,) = run(landing, path, feed_id="load-letter")

    assert outcome.captured_at == datetime(2026, 5, 30, 15, 30, tzinfo=UTC)
    assert not outcome.is_time_told
    (document,) = landing.documents()
    assert document.options == dict([FILE_TIME])


def test_files_are_landed_in_the_order_of_their_capture(landing, tmp_path):
    late = saved(tmp_path, "1780155000.xml", rss(item("late")))
    early = saved(tmp_path, "1780000000.xml", rss(item("early")))

    outcomes = run(landing, late, early, feed_id="load-letter")

    assert [outcome.path for outcome in outcomes] == [early, late]


def test_two_files_of_one_moment_get_moments_of_their_own(landing, tmp_path):
    first = saved(tmp_path, "a.xml", rss(item("a")))
    second = saved(tmp_path, "b.xml", rss(item("b")))
    moment = datetime(2026, 5, 30, tzinfo=UTC)

    outcomes = run(landing, first, second, feed_id="load-letter", captured_at=moment)

    assert len({outcome.captured_at for outcome in outcomes}) == 2


@pytest.fixture(scope="module")
def letter():
    publication = services.site("substack").publication
    return services.Site(replace(publication, posts=publication.posts[-25:]))


def of_letter(letter):
    url = f"{letter.truth.home_url}/feed"
    blog = FeedEntry(id="blog", url="https://blog.example/feed")
    return Registry(path=Path("feeds.toml"), feeds=(blog, FeedEntry(id="letter", url=url)))


def test_a_web_archive_lands_what_it_holds_of_the_feeds_that_are_known(landing, tmp_path, letter):
    captures = services.captures_of(letter, timedelta(days=9))
    path = saved(tmp_path, "crawl.warc.gz", services.warc_of(letter, captures))

    (first,) = import_files(landing, of_letter(letter), [path], ImportChoice())
    (again,) = import_files(landing, of_letter(letter), [path], ImportChoice())

    assert (first.status, first.feed_id, first.note) == ("landed", "letter", None)
    assert (first.document_count, first.passed_over) == (len(captures), len(captures))
    assert (again.status, again.document_count) == ("known", 0)
    assert [f"{each.fetched_at:%Y%m%d%H%M%S}" for each in landing.documents("letter")] == [
        stamp for stamp, _ in captures
    ]


def test_a_web_archive_is_known_by_how_it_begins(landing, tmp_path, letter):
    whole = services.warc_of(letter, services.captures_of(letter, timedelta(days=9)))
    path = saved(tmp_path, "crawl.gz", whole)

    (outcome,) = import_files(landing, of_letter(letter), [path], ImportChoice())

    assert outcome.status == "landed"


def test_a_cut_web_archive_keeps_what_stands_before_the_cut_and_is_told(landing, tmp_path, letter):
    captures = services.captures_of(letter, timedelta(days=9))
    whole = services.warc_of(letter, captures)
    path = saved(tmp_path, "crawl.warc.gz", whole[: int(len(whole) * 0.6)])

    (cut,) = import_files(landing, of_letter(letter), [path], ImportChoice())
    path.write_bytes(whole)
    (mended,) = import_files(landing, of_letter(letter), [path], ImportChoice())

    assert cut.status == "failed"
    assert "damaged or cut after" in cut.note
    assert "Get the file again" in cut.note
    assert 0 < cut.document_count < len(captures)
    assert cut.document_count + mended.document_count == len(captures)


def test_a_web_archive_without_anything_of_the_feed_is_told(landing, tmp_path, letter):
    path = saved(
        tmp_path, "crawl.warc.gz", services.warc_of(letter, services.captures_of(letter)[:2])
    )

    (nobodys,) = import_files(landing, REGISTRY, [path], ImportChoice())
    (wrong,) = import_files(landing, REGISTRY, [path], ImportChoice(feed_id="load-lettr"))

    assert "holds no feed, post or page of feeds.toml; name the feed with --feed" in nobodys.note
    assert "did you mean 'load-letter'" in wrong.note


def test_a_folder_of_saved_pages_lands_for_the_feed_they_name(landing, tmp_path, letter):
    folder = tmp_path / "saved"
    folder.mkdir()
    for post in letter.posts[:3]:
        name = f"{services.slug_of(post)}-2026-05-30T15:30:00Z.html"
        saved(folder, name, services.page_of(post))
    saved(folder, "about.html", services.PAGE)

    outcomes = import_files(landing, of_letter(letter), [folder], ImportChoice())

    assert sorted(outcome.status for outcome in outcomes) == ["failed"] + ["landed"] * 3
    attempts = list(landing.attempts("letter"))
    assert {each.options["format"] for each in attempts} == {"html"}
    assert len({each.fetched_at for each in attempts}) == 3
    assert {f"{each.fetched_at:%Y-%m-%d %H:%M}" for each in attempts} == {"2026-05-30 15:30"}
