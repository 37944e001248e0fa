"""The demo newsroom in, SQL answers out, compared with what the newsroom knows to be true."""

from collections import Counter

import pytest

from orchestration.demo.agreement import compare
from orchestration.demo.newsroom import NEWSROOM_END, RISING_TOPICS, build_newsroom
from orchestration.demo.showing import demo_places, run_demo
from orchestration.running import RunRequest, run_refresh
from warehouse import connect

# One run of the demo serves all tests of this module.
pytestmark = pytest.mark.timeout(300)


@pytest.fixture(scope="module")
def newsroom():
    return build_newsroom()


@pytest.fixture(scope="module")
def demo(newsroom, tmp_path_factory):
    places = demo_places(tmp_path_factory.mktemp("pipeline"))
    runs = list(run_demo(places, newsroom))
    return places, runs


@pytest.fixture(scope="module")
def agreement(newsroom, demo):
    return {each.what: each for each in compare(newsroom, demo[0].core)}


@pytest.fixture
def ask(demo):
    def rows(statement):
        with connect(demo[0].data) as connection:
            return connection.execute(statement).fetchall()

    return rows


def truth_of(newsroom, feed_id):
    return [post for post in newsroom.posts if post.feed_id == feed_id]


@pytest.mark.parametrize("what", ["articles", "publication times", "kinds", "paid placements"])
def test_what_the_newsroom_wrote_is_found_and_nothing_else(agreement, what):
    assert agreement[what].found == agreement[what].truth
    assert agreement[what].extra == 0


def test_subject_companies_are_found(agreement):
    subjects = agreement["subject companies"]

    assert subjects.found / subjects.truth >= 0.9
    assert subjects.extra / subjects.truth <= 0.02


def test_main_topics_are_found(agreement):
    assert agreement["main topics"].found == agreement["main topics"].truth


def test_sql_counts_the_placements_of_each_sponsor(newsroom, ask):
    truth = Counter(p.sponsor_name for post in newsroom.posts for p in post.placements)

    answer = dict(
        ask(
            "select sponsor_name, count(*) from core.sponsor_placements"
            " where not is_house group by all"
        )
    )

    assert answer == truth


def test_the_roster_knows_first_and_last_run_of_each_sponsor(newsroom, ask):
    truth = {}
    for post in newsroom.posts:
        for placement in post.placements:
            key = post.feed_id, placement.sponsor_name
            seen = truth.get(key, (post.published_at, post.published_at))
            truth[key] = min(seen[0], post.published_at), max(seen[1], post.published_at)

    answer = ask(
        "select feed_id, sponsor_name, first_at::timestamp, last_at::timestamp"
        " from marts.sponsor_roster"
    )

    found = {(feed, name): (first, last) for feed, name, first, last in answer}
    assert found == {
        key: tuple(moment.replace(tzinfo=None) for moment in pair) for key, pair in truth.items()
    }


def test_the_rhythm_of_the_last_weeks_is_the_newsrooms(newsroom, ask):
    answer = dict(ask("select feed_id, posts_per_week_52 from marts.publishing_cadence"))

    for feed in newsroom.feeds:
        posts = truth_of(newsroom, feed.feed_id)
        recent = sum((NEWSROOM_END - post.published_at).days < 364 for post in posts)
        assert answer[feed.feed_id] == pytest.approx(recent / 52, abs=0.06)


def test_the_feed_that_fell_silent_is_told_from_those_that_did_not(newsroom, ask):
    silent = {feed.feed_id for feed in newsroom.feeds if feed.silent_since}

    answer = dict(ask("select feed_id, status from marts.publishing_cadence"))

    assert {
        feed_id for feed_id, status in answer.items() if status in ("silent", "ended")
    } == silent


def test_a_rising_topic_is_seen_to_rise(ask):
    assert ask("select * from topic_trend('ai-agents')")
    rising = ask(
        "select topic_id from marts.topic_months"
        " where month = (select max(month) from marts.topic_months)"
        " order by momentum desc nulls last limit 5"
    )
    assert {topic for (topic,) in rising} & set(RISING_TOPICS)


def test_no_window_was_missed_and_the_ledger_says_so(ask):
    assert ask("select count(*) from marts.coverage_ledger where coverage = 'gap'") == [(0,)]


def test_the_one_correction_is_a_revision_of_the_body(newsroom, ask):
    revised = [post.title for post in newsroom.posts if post.revised_at]

    answer = ask(
        "select a.title, r.changes from core.article_revisions as r"
        " inner join core.articles as a using (article_id) where r.revision > 1"
    )

    assert ([title for title, _ in answer], answer[0][1]) == (revised, ["body"])


def test_the_last_poll_found_nothing_new(demo):
    assert (demo[1][-1].new, demo[1][-1].changed) == (0, 0)


def test_every_check_of_the_load_passed(ask):
    assert ask("select check_name from core.check_results where failing_count > 0") == []


def test_own_offers_are_sections_and_not_placements(newsroom, ask):
    offers = sum(len(post.house_promotions) for post in newsroom.posts)

    (count,) = ask("select count(*) from core.sections where role = 'house_promo'")[0]

    assert count == pytest.approx(offers, rel=0.1)


def test_running_again_offline_changes_no_byte(demo):
    places, _ = demo
    before = {path: path.read_bytes() for path in places.core.rglob("*.parquet")}

    run_refresh(RunRequest(places=places, is_offline=True, moment=NEWSROOM_END))

    assert {path: path.read_bytes() for path in places.core.rglob("*.parquet")} == before


def test_every_column_of_every_table_has_a_comment(ask):
    bare = ask(
        "select table_name, column_name from duckdb_columns()"
        " where database_name = current_database() and schema_name in ('core', 'marts')"
        " and comment is null"
    )

    assert bare == []
