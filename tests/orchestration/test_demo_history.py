"""The demo of history: a feed's last window, and what comes back beside it."""

from dataclasses import replace

import pytest

from orchestration.demo.newsroom import build_archive
from orchestration.demo.past import show_past
from orchestration.demo.showing import NotADemoError, demo_places


@pytest.fixture(scope="module")
def newsroom():
    """The newsletter's last months, so that the test is quick; the demo shows three years."""
    newsroom = build_archive()
    (publication,) = newsroom.publications
    return replace(newsroom, publications=(replace(publication, posts=publication.posts[-50:]),))


def test_the_archive_is_three_years_of_posts_with_sponsors_in_each(newsroom):
    posts = build_archive().posts

    assert posts[-1].published_at.year - posts[0].published_at.year == 3
    assert {post.published_at.year for post in posts if post.placements} == {2023, 2024, 2025, 2026}
    assert len({post.url for post in posts}) == len(posts)


@pytest.mark.slow
def test_what_a_feed_lost_comes_back_with_its_sponsors_and_a_proof(tmp_path, newsroom):
    shown = show_past(demo_places(tmp_path, "past"), newsroom)

    assert (shown.before.articles, shown.after.articles) == (20, 50)
    assert shown.before.months[0].coverage == "partial"
    assert {each.coverage for each in shown.after.months} == {"complete"}
    assert {"slug_chain", "sitemap"} <= set(shown.after.months[-1].proofs)
    assert shown.after.placements == sum(len(post.placements) for post in newsroom.posts)
    assert [each.status for each in shown.walks] == ["complete"] * 3
    assert all((each.found, each.extra) == (each.truth, 0) for each in shown.agreement[:4])


def test_a_folder_that_is_no_demos_is_left_alone(tmp_path, newsroom):
    (tmp_path / "past").mkdir()
    (tmp_path / "past" / "letter.txt").write_text("mine")

    with pytest.raises(NotADemoError, match="not the demo's"):
        show_past(demo_places(tmp_path, "past"), newsroom)
