"""Three years of a newsletter, from each source, killed and resumed at twenty points."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from orchestration.fetch.history import (
    ArticlePages,
    HistorySettings,
    PagedFeed,
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
from transforms.records import Article, SponsorPlacement, arrow_schema
from transforms.urls import identity_url
from warehouse.landing import Landing
from warehouse.tables import read_rows

pytestmark = pytest.mark.slow

SETTINGS = HistorySettings(spacing_seconds=0)


class Killed(BaseException):
    """The process ends here."""


@pytest.fixture(scope="module")
def letter():
    return services.long_letter()


def substack(origin, letter):
    services.serve_substack(origin, letter)
    return SubstackArchive()


def paged_feed(origin, letter):
    services.serve_paged(origin, letter, relation="prev-archive", size=10)
    return PagedFeed()


def wordpress(origin, letter):
    services.serve_wordpress(origin, letter, size=10)
    return WordPressPages()


def web_archive(origin, letter):
    services.serve_web_archive(origin, letter, services.captures_of(letter), page_rows=40)
    return WebArchive(origin.url(""))


def pages(origin, letter):
    return ArticlePages(services.serve_pages(origin, letter))


SOURCES = {
    substack: (11, {"paging_end", "slug_chain"}),
    paged_feed: (1, {"paging_end"}),
    wordpress: (1, {"paging_end"}),
    web_archive: (1, {"overlapping_captures"}),
    pages: (11, set()),
}
"""After how many documents a walk is killed, and what it proves in the end."""


def killed_after(landing, count):
    left = [count]

    def land(attempt, body):
        landed = landing.land(attempt, body)
        left[0] -= body is not None
        if left[0] == 0:
            raise Killed
        return landed

    return land


@pytest.mark.parametrize("serve", SOURCES, ids=lambda serve: serve.__name__)
def test_three_years_come_back_whole_though_the_walk_is_killed_twenty_times(
    origin, landing, tmp_path, letter, serve
):
    step, proofs = SOURCES[serve]
    source, kills = serve(origin, letter), 0
    feed = FeedEntry(id="letter", url=origin.url("/feed"), allow_private=True)
    core, registry = tmp_path / "core", Registry(path=Path("feeds.toml"), feeds=(feed,))
    while True:
        again = Landing(landing.root)  # as a new process would
        try:
            (report,) = walk_history(
                feed, [source], again, SETTINGS, now, land=killed_after(again, step)
            )
            break
        except Killed:
            kills += 1
            if kills % 5 == 0:
                normalise(again, core, registry)
    normalise(landing, core, registry)

    assert report.status == "complete"
    assert kills >= 20
    asked = [each.path for each in origin.log]
    assert len(asked) == len(set(asked))
    is_whole(core, letter)
    months = history_coverage(landing, core, "letter")
    assert len(months) == 36
    assert {proof for month in months for proof in month.proofs} == proofs
    assert {month.status for month in months} == ({"complete"} if proofs else {"unknown"})


def test_three_years_come_back_whole_from_a_file_of_a_web_archive(landing, tmp_path, letter):
    feed = FeedEntry(id="letter", url=f"{letter.truth.home_url}/feed")
    path = tmp_path / "crawl.warc.gz"
    path.write_bytes(services.warc_of(letter, services.captures_of(letter, timedelta(days=9))))

    import_archives(landing, [feed], [path])
    normalise(landing, tmp_path / "core", Registry(path=Path("feeds.toml"), feeds=(feed,)))

    is_whole(tmp_path / "core", letter)


def now():
    return datetime.now(UTC)


def is_whole(core, letter):
    """Check that every article is there once, at its time, with its sponsors."""
    articles = read_rows(core, arrow_schema(Article)).to_pylist()
    urls = {row["article_id"]: identity_url(row["url"]) for row in articles}
    times = {identity_url(post.truth.url): post.truth.published_at for post in letter.posts}
    assert len(articles) == len(times) == 247
    assert {urls[row["article_id"]]: row["published_at"] for row in articles} == times
    found = [
        (urls[row["article_id"]], row["sponsor_name"], row["position"])
        for row in read_rows(core, arrow_schema(SponsorPlacement)).to_pylist()
        if not row["is_house"]
    ]
    written = [(identity_url(url), *rest) for url, *rest in letter.placements]
    assert sorted(found) == sorted(written)
