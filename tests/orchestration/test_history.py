"""A newsletter's years come back whole: from each source, and from all of them, once."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from orchestration.demo.newsroom import NEWSROOM_END
from orchestration.fetch.history import (
    ArticlePages,
    HistorySettings,
    PagedFeed,
    Sitemaps,
    SubstackArchive,
    WebArchive,
    WordPressPages,
    history_coverage,
    import_archives,
    walk_history,
)
from orchestration.normalise import normalise
from orchestration.registry import FeedEntry, Registry
from tests.orchestration.history_origin import services
from transforms.records import Article, ArticleSource, SponsorPlacement, arrow_schema
from transforms.urls import identity_url
from warehouse.landing import Landing
from warehouse.tables import read_rows

SETTINGS = HistorySettings(spacing_seconds=0, sleep=lambda _: None)


@pytest.fixture(scope="module")
def letter():
    return services.site("substack")


@pytest.fixture(scope="module")
def short_letter(letter):
    publication = letter.publication
    return services.Site(replace(publication, posts=publication.posts[-60:]))


def feed_of(origin):
    return FeedEntry(id="letter", url=origin.url("/feed"), allow_private=True)


def now():
    return datetime.now(UTC)


def walk(origin, landing, *sources):
    reports = walk_history(feed_of(origin), sources, landing, SETTINGS, now)
    assert [report.status for report in reports] == ["complete"] * len(sources)
    return reports


class Tables:
    """What core holds after the landing was read."""

    def __init__(self, landing, core, feed):
        self.core, self.landing = core, landing
        normalise(landing, core, Registry(path=Path("feeds.toml"), feeds=(feed,)))
        self.articles = self.rows(Article)
        self.urls = {row["article_id"]: identity_url(row["url"]) for row in self.articles}

    def rows(self, record):
        return read_rows(self.core, arrow_schema(record)).to_pylist()

    @property
    def placements(self):
        return {
            (self.urls[row["article_id"]], row["sponsor_name"], row["position"])
            for row in self.rows(SponsorPlacement)
            if not row["is_house"]
        }


@pytest.fixture
def read(landing, tmp_path):
    return lambda feed: Tables(landing, tmp_path / "core", feed)


def is_whole(tables, site):
    """Check that all of a site is there, once, sponsors included."""
    urls = [identity_url(post.truth.url) for post in site.posts]
    assert sorted(tables.urls.values()) == sorted(urls)
    assert tables.placements == {(identity_url(url), *rest) for url, *rest in site.placements}
    times = {identity_url(post.truth.url): post.truth.published_at for post in site.posts}
    assert {tables.urls[row["article_id"]]: row["published_at"] for row in tables.articles} == times
    return True


def test_the_substack_api_gives_all_posts_and_their_sponsors(origin, landing, read, short_letter):
    services.serve_substack(origin, short_letter)

    (report,) = walk(origin, landing, SubstackArchive())

    assert is_whole(read(feed_of(origin)), short_letter)
    assert report.finding.proofs == ("paging_end", "slug_chain")
    assert report.counts.requests == 60 + 60 // 12 + 2


def test_cut_posts_of_the_api_are_marked_as_the_feed_marks_them(
    origin, landing, read, short_letter
):
    services.serve_substack(origin, short_letter)
    walk(origin, landing, SubstackArchive())

    articles = read(feed_of(origin)).articles

    paid = {post.truth.title for post in short_letter.posts if post.truth.is_paywalled}
    assert {row["title"] for row in articles if row["is_paywalled"]} == paid
    assert {row["title"] for row in articles if row["is_truncated"]} == paid


@pytest.mark.parametrize("relation", ["prev-archive", "next"])
def test_archived_and_paged_feeds_are_followed_to_their_end(
    origin, landing, read, short_letter, relation
):
    services.serve_paged(origin, short_letter, relation=relation, size=7)

    (report,) = walk(origin, landing, PagedFeed())

    assert is_whole(read(feed_of(origin)), short_letter)
    assert report.finding.proofs == ("paging_end",)
    assert report.counts.requests == 9


def test_wordpress_pages_end_where_bisection_says(origin, landing, read):
    blog = services.site("wordpress")
    services.serve_wordpress(origin, blog)

    walk(origin, landing, WordPressPages())

    assert is_whole(read(feed_of(origin)), blog)
    assert len(origin.log) == len({asked.path for asked in origin.log}) == 8


def test_captures_bring_old_windows_back_as_they_were(origin, landing, read, short_letter):
    captures = services.captures_of(short_letter)
    services.serve_web_archive(origin, short_letter, captures, page_rows=10)

    (report,) = walk(origin, landing, WebArchive(origin.url("")))

    tables = read(feed_of(origin))
    assert is_whole(tables, short_letter)
    assert report.finding.proofs == ("overlapping_captures",)
    asked = [each for each in origin.log if each.path.startswith("/web/")]
    assert len(asked) < len(captures) / 2
    oldest = min(tables.articles, key=lambda row: row["published_at"])
    assert f"{oldest['first_seen_at']:%Y%m%d%H%M%S}" == captures[0][0]


def test_pages_give_bodies_where_nothing_else_does(origin, landing, read, short_letter):
    urls = services.serve_pages(origin, short_letter)

    walk(origin, landing, ArticlePages(urls))

    assert is_whole(read(feed_of(origin)), short_letter)


def test_what_robots_may_not_read_is_not_asked(origin, landing, short_letter):
    urls = services.serve_pages(origin, short_letter)
    origin.behaviours["/robots.txt"] = services.answering(b"User-agent: *\nDisallow: /p/\n")

    walk(origin, landing, ArticlePages(urls))

    assert [each.path for each in origin.log] == ["/robots.txt"]


@pytest.mark.slow
def test_all_sources_together_give_three_years_of_articles_once(origin, landing, tmp_path):
    letter = services.long_letter()
    services.serve_substack(origin, letter)
    services.serve_sitemap(origin, letter)
    captures = services.captures_of(letter, timedelta(days=10))
    services.serve_web_archive(origin, letter, captures)
    services.serve_paged(origin, letter, relation="prev-archive", size=30)
    feed = feed_of(origin)
    archive = tmp_path / "old.warc.gz"
    archive.write_bytes(services.warc_of(letter, captures[::5]))

    walk(origin, landing, Sitemaps(), SubstackArchive(), PagedFeed(), WebArchive(origin.url("")))
    import_archives(landing, [replace(feed, url=f"{letter.truth.home_url}/feed")], [archive])

    tables = Tables(landing, tmp_path / "core", feed)
    assert is_whole(tables, letter)
    formats = {}
    for row in tables.rows(ArticleSource):
        formats.setdefault(row["article_id"], set()).add(row["format"])
    assert all(found == {"html", "rss"} for found in formats.values())
    months = history_coverage(landing, tmp_path / "core", "letter")
    assert {month.status for month in months} == {"complete"}
    assert {proof for month in months for proof in month.proofs} == {
        "sitemap", "slug_chain", "paging_end", "overlapping_captures",
    }  # fmt: skip


def test_a_rebuild_from_the_landing_gives_the_same_articles(
    origin, landing, tmp_path, short_letter
):
    services.serve_substack(origin, short_letter)
    walk(origin, landing, SubstackArchive())
    first = Tables(landing, tmp_path / "core", feed_of(origin))
    count = len(origin.log)

    again = Tables(Landing(landing.root), tmp_path / "again", feed_of(origin))

    assert again.articles == first.articles
    assert len(origin.log) == count


def test_the_feeds_own_version_wins_over_a_page_of_the_same_article(
    origin, landing, read, short_letter
):
    services.serve_paged(origin, short_letter, relation="next")
    urls = services.serve_pages(origin, short_letter)
    walk(origin, landing, PagedFeed(), ArticlePages(urls[:20]))

    articles = read(feed_of(origin)).articles

    assert {row["source_format"] for row in articles} == {"rss"}


def test_missing_articles_are_listed_by_month(origin, landing, tmp_path, short_letter):
    services.serve_sitemap(origin, short_letter)
    services.serve_feed(origin, short_letter, NEWSROOM_END)
    walk(origin, landing, Sitemaps())
    assert walk_history(feed_of(origin), [PagedFeed()], landing, SETTINGS, now)
    Tables(landing, tmp_path / "core", feed_of(origin))

    months = history_coverage(landing, tmp_path / "core", "letter")

    missing = [url for month in months for url in month.missing]
    assert sorted(missing) == sorted(post.truth.url for post in short_letter.posts[20:])
    assert {month.status for month in months if not month.missing} == {"complete"}
    assert {month.status for month in months if month.missing} == {"partial"}


def test_a_publication_without_a_source_is_told_from_one_that_ended(origin, landing):
    origin.behaviours["/feed"] = services.answering(services.window(services.site("medium")))
    sources = [Sitemaps(), SubstackArchive(), PagedFeed(), WordPressPages()]

    reports = walk_history(
        feed_of(origin), [*sources, WebArchive(origin.url(""))], landing, SETTINGS, now
    )

    assert {report.status for report in reports} == {"not_available"}
    assert len(origin.log) <= 8
