"""Answers are computed once, and before a page is opened."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pandas as pd
import pytest

from warehouse.dashboard.answers import Answers
from warehouse.dashboard.screens import SCREENS
from warehouse.dashboard.shelf import open_shelf
from warehouse.dashboard.view import View
from warehouse.dashboard.warming import drawing, warm


def test_an_answer_is_computed_once_however_many_ask_at_the_same_time():
    answers, computed, go = Answers(), [], Event()

    def compute():
        go.wait(10)
        computed.append(1)
        return pd.DataFrame({"n": [1]})

    with ThreadPoolExecutor(4) as pool:
        asked = [pool.submit(answers.get, "how many", compute) for _ in range(4)]
        go.set()
        frames = [each.result(10) for each in asked]

    assert computed == [1]
    frames[0]["n"] = 2
    assert frames[1]["n"].tolist() == [1]


def test_a_failure_is_told_and_not_kept():
    answers = Answers()

    def fail():
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        answers.get("what", fail)
    assert answers.get("what", lambda: pd.DataFrame({"n": [1]}))["n"].tolist() == [1]


def test_the_oldest_answers_go_first():
    answers = Answers(most=2)
    for asked in ("one", "two", "one", "three"):
        answers.get(asked, pd.DataFrame)
    computed = []

    for asked in ("one", "two"):
        answers.get(asked, lambda asked=asked: computed.append(asked) or pd.DataFrame())

    assert computed == ["two"]


def test_an_answer_is_kept_by_the_values_that_its_question_uses(fresh):
    fresh.ask("sponsors/known")

    other = View(shelf=fresh.shelf, selection=fresh.selection, feed_titles={})
    other.ask("sponsors/known", sponsor="unused")

    assert len(fresh.shelf.answers) == 1


@pytest.fixture
def fresh(busy):
    """The world with a story, nothing asked yet."""
    shelf = open_shelf(busy.shelf.data)
    return View(shelf=shelf, selection=busy.selection, feed_titles=busy.feed_titles)


@pytest.mark.parametrize("screen", SCREENS, ids=lambda screen: screen.path)
def test_a_page_opens_with_what_was_prepared_for_it(page_of, fresh, screen):
    screen.prepare(fresh)
    prepared = len(fresh.shelf.answers)

    page_of(screen.path, fresh)

    assert prepared
    assert len(fresh.shelf.answers) == prepared


def test_other_pages_are_prepared_once_for_a_choice(fresh, monkeypatch):
    monkeypatch.setattr("warehouse.dashboard.warming._WAIT_SECONDS", 0)
    done = Event()
    asked = []

    def prepare(view):
        asked.append(view.selection)
        done.set()

    warm(fresh, [prepare])
    assert done.wait(10)
    warm(fresh, [prepare])

    assert asked == [fresh.selection]


def test_nothing_is_prepared_while_a_page_is_drawn(fresh, monkeypatch):
    monkeypatch.setattr("warehouse.dashboard.warming._WAIT_SECONDS", 0)
    done = Event()

    with drawing():
        warm(fresh, [lambda _: done.set()])
        assert not done.wait(0.2)

    assert done.wait(10)
