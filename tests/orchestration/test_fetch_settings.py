"""What a deployment may set, and that nothing unsendable is."""

from datetime import timedelta
from pathlib import Path

import pytest

from orchestration.fetch.memory import brought_new_body
from orchestration.fetch.settings import FetchSettings, SettingsError, settings_from
from orchestration.resources import HttpSettings
from tests.orchestration.origin import behaviours as b


def test_the_environment_names_contact_and_project(monkeypatch):
    environment = {
        "FEEDHOUSE_CONTACT": "feeds@reader.test",
        "FEEDHOUSE_PROJECT_URL": "https://reader.test/about",
    }
    agent = settings_from(environment).user_agent
    assert agent.endswith("(+https://reader.test/about; feeds@reader.test)")

    monkeypatch.setenv("FEEDHOUSE_CONTACT", "feeds@reader.test")
    monkeypatch.setenv("FEEDHOUSE_PROJECT_URL", "https://reader.test/about")
    assert HttpSettings().settings().user_agent == agent
    own = HttpSettings(contact="me@reader.test", total_seconds=5).settings()
    assert (own.contact, own.total_seconds) == ("me@reader.test", 5)


def test_without_the_environment_the_defaults_hold():
    assert settings_from({}) == settings_from({"FEEDHOUSE_CONTACT": " "}) == FetchSettings()


@pytest.mark.parametrize(
    "values",
    [
        {"contact": "me\r\nX-Evil: 1"},
        {"contact": "größe@reader.test"},
        {"project_url": "https://reader.test/\n"},
        {"ca_file": Path("/nonexistent/authority.pem")},
    ],
)
def test_what_cannot_be_used_is_told_before_any_feed_fails(values):
    with pytest.raises(SettingsError):
        FetchSettings(**values)


def test_a_new_body_is_told_from_the_same_one_again(reader):
    reader.follow("feed", b.in_turn(b.feed(), b.feed(), b.feed(b.rss(newest=101)), b.answers(404)))
    reader.follow("moved", b.redirects("/target"))
    reader.origin.behaviours["/target"] = b.feed()

    runs = []
    for _ in range(4):
        runs.append(reader.run(force=True))
        reader.now += timedelta(minutes=1)

    assert [brought_new_body(run["feed"]) for run in runs] == [True, False, True, False]
    assert [brought_new_body(run["moved"]) for run in runs] == [True, False, False, False]
