"""Web archives on disk: what is the publication's own lands, at the time of its capture."""

from dataclasses import replace
from datetime import timedelta

import pytest

from orchestration.fetch.history import import_archives
from orchestration.registry import FeedEntry
from tests.orchestration.history_origin import services


@pytest.fixture(scope="module")
def letter():
    publication = services.site("substack").publication
    return services.Site(replace(publication, posts=publication.posts[-40:]))


@pytest.fixture
def feed(letter):
    return FeedEntry(id="letter", url=f"{letter.truth.home_url}/feed")


def test_captures_of_the_feed_land_at_their_time_and_others_do_not(tmp_path, landing, letter, feed):
    captures = services.captures_of(letter, timedelta(days=30))
    path = tmp_path / "crawl.warc.gz"
    path.write_bytes(services.warc_of(letter, captures))

    (outcome,) = import_archives(landing, [feed], [path])

    assert (outcome.landed, outcome.passed_over, outcome.note) == (
        len(captures),
        len(captures),
        None,
    )
    stamps = [f"{each.fetched_at:%Y%m%d%H%M%S}" for each in landing.documents("letter")]
    assert stamps == [stamp for stamp, _ in captures]


def test_a_cut_archive_gives_what_stands_before_the_cut(tmp_path, landing, letter, feed):
    captures = services.captures_of(letter, timedelta(days=30))
    whole = services.warc_of(letter, captures)
    path = tmp_path / "crawl.warc.gz"
    path.write_bytes(whole[: int(len(whole) * 0.99)])

    (outcome,) = import_archives(landing, [feed], [path])

    assert outcome.landed == len(captures)
    assert "damaged or cut" in outcome.note

    path.write_bytes(whole[: len(services.warc_record(feed.url, *captures[0])) - 2_000])
    (outcome,) = import_archives(landing, [replace(feed, id="other")], [path])

    assert outcome.landed == 0
    assert "damaged or cut" in outcome.note


def test_the_same_archive_lands_once(tmp_path, landing, letter, feed):
    path = tmp_path / "crawl.warc.gz"
    path.write_bytes(services.warc_of(letter, services.captures_of(letter, timedelta(days=30))))
    (first,) = import_archives(landing, [feed], [path])

    (again,) = import_archives(landing, [feed], [path])

    assert (again.landed, again.known) == (0, first.landed)


def test_posts_pages_and_sitemaps_of_the_publication_are_recognised(
    tmp_path, landing, letter, feed
):
    post = letter.posts[0]
    home, stamp = letter.truth.home_url, "20260101120000"
    sitemap = b"<urlset><url><loc>https://blog.loadbearingdiagrams.com/p/a</loc></url></urlset>"
    path = tmp_path / "crawl.warc.gz"
    path.write_bytes(
        services.warc_record(post.truth.url, stamp, services.page_of(post), "text/html")
        + services.warc_record(f"{home}/sitemap.xml", stamp, sitemap)
        + services.warc_record(
            f"{home}/api/v1/archive?offset=0", stamp, services.archive_page(letter.posts, 0, 12)
        )
        + services.warc_record(f"{home}/", stamp, services.PAGE, "text/html")
    )

    (outcome,) = import_archives(landing, [feed], [path])

    assert (outcome.landed, outcome.passed_over) == (3, 1)
    forms = {each.options["format"] for each in landing.documents("letter")}
    assert forms == {"html", "sitemap", "substack-archive"}


def test_a_folder_of_saved_pages_lands_its_articles(tmp_path, landing, letter, feed):
    folder = tmp_path / "saved"
    folder.mkdir()
    for post in letter.posts[:3]:
        (folder / f"{services.slug_of(post)}.html").write_bytes(services.page_of(post))
    (folder / "index.html").write_bytes(services.PAGE)

    outcomes = import_archives(landing, [feed], [folder])

    assert [each.landed for each in outcomes].count(1) == 3


def test_files_that_are_no_archives_are_told(tmp_path, landing, feed):
    broken = tmp_path / "broken.warc.gz"
    broken.write_bytes(b"not an archive")

    missing, damaged = import_archives(landing, [feed], [tmp_path / "none.warc", broken])

    assert "no such file" in missing.note
    assert damaged.landed == 0
    assert damaged.note
