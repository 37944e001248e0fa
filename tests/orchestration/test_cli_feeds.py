"""`feedhouse feeds` and `feedhouse status`: output, files and exit status."""

import json
import sys

import pytest

from orchestration.registry import PACKAGED_REGISTRY, load_registry
from tests.orchestration.origin import behaviours as b

PROGRAM = [sys.executable, "-c", "from orchestration.cli import main; main()"]
HOME_PAGE = (
    b'<html><head><link rel="alternate" type="application/rss+xml" href="/letters.xml"></head>'
    b"<body>Letters</body></html>"
)


@pytest.fixture
def letters(origin):
    origin.behaviours["/letters.xml"] = b.feed()
    return origin.url("/letters.xml")


def test_a_feed_is_found_shown_and_followed(feedhouse, letters, origin):
    origin.behaviours["/"] = b.answers(200, HOME_PAGE, content_type="text/html")
    result = feedhouse("feeds", "add", origin.url("/"), "--allow-private", "--tag", "mail", "--yes")

    assert result.status == 0, result.err
    assert "Letters: " + origin.url("/letters.xml") + ", 20 entries" in result.out
    assert "2026-05-01  Post 100" in result.out
    assert "feedhouse run --feed letters" in result.out
    url = origin.url("/letters.xml")
    entry = {"id": "letters", "url": url, "tags": ["mail"], "allow_private": True}
    assert feedhouse.entries() == {"letters": entry}


@pytest.mark.parametrize(
    ("answer", "status", "told"),
    [("y\n", 0, "is followed now"), ("n\n", 0, "Nothing was written"), ("", 1, "--yes follows")],
    ids=["yes", "no", "nobody there"],
)
def test_nothing_is_written_unless_agreed(feedhouse, letters, answer, status, told):
    result = feedhouse("feeds", "add", letters, "--allow-private", answer=answer)

    assert result.status == status
    assert told in result.out + result.err
    assert feedhouse.feeds.exists() == (answer == "y\n")


def test_a_feed_that_is_followed_already_is_told(following, letters):
    before = following.feeds.read_text()
    result = following("feeds", "add", letters, "--allow-private", "--yes")

    assert result.status == 1
    assert "is followed already, as 'letters'" in result.err
    assert following.feeds.read_text() == before


def test_a_taken_id_is_told_before_anything_is_asked(following, letters, origin):
    result = following("feeds", "add", letters, "--id", "letters", "--yes")

    assert result.status == 1
    assert "'letters' is taken" in result.err
    assert origin.log == []


@pytest.mark.parametrize(
    ("option", "told"),
    [
        (("--id", "Not A Slug"), "is not a slug"),
        (("--timezone", "Europe/Pariss"), "Did you mean 'Europe/Paris'?"),
        (("--profile", "../x"), "is not the name of a profile"),
    ],
)
def test_misuse_is_told_before_anything_is_asked(feedhouse, letters, origin, option, told):
    result = feedhouse("feeds", "add", letters, *option, "--yes")

    assert result.status == 2
    assert told in result.err
    assert origin.log == []


def test_a_private_address_is_refused_with_the_cure(feedhouse, letters, origin):
    result = feedhouse("feeds", "add", letters, "--yes")

    assert result.status == 1
    assert "--allow-private" in result.err
    assert origin.log == []
    assert not feedhouse.feeds.exists()


def test_without_a_list_of_ones_own_the_packaged_one_is_copied_and_kept(feedhouse, letters):
    packaged = PACKAGED_REGISTRY.read_bytes()
    del feedhouse.environment["FEEDHOUSE_FEEDS"]

    result = feedhouse("feeds", "add", letters, "--allow-private", "--yes")

    own = feedhouse.data / "feeds.toml"
    assert f"{own} is now your own list" in result.out
    assert own.read_bytes().startswith(packaged)
    assert load_registry(own).feed("letters")
    assert PACKAGED_REGISTRY.read_bytes() == packaged
    assert "own list" not in feedhouse("feeds", "remove", "letters").out
    assert own.read_bytes() == packaged


def test_values_are_set_and_taken_out_and_comments_stay(following):
    result = following(
        "feeds", "set", "letters", "timezone=", "tags=a, b", "is_active=no", "profile=bytebytego"
    )

    assert result.status == 0, result.err
    assert "letters: timezone Europe/Paris -> UTC" in result.out
    assert "letters: is_active true -> false" in result.out
    entry = following.entries()["letters"]
    assert (entry["tags"], entry["is_active"], entry["profile"]) == (
        ["a", "b"],
        False,
        "bytebytego",
    )
    assert "timezone" not in entry
    text = following.feeds.read_text()
    assert text.startswith("# My feeds.\n")
    assert "# the good one" in text
    assert "# Only files.\n" in text


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ("timezone=Europe/Pariss", "Did you mean 'Europe/Paris'?"),
        ("time_zone=UTC", "did you mean 'timezone'?"),
        ("is_active=perhaps", "is true or false, not 'perhaps'"),
        ("url=ftp://letters.test", "does not begin with http"),
        ("id=other", "cannot be changed"),
        ("timezone", "is not key=value"),
    ],
)
def test_a_value_that_would_not_load_is_misuse_and_not_written(following, change, told):
    before = following.feeds.read_text()
    result = following("feeds", "set", "letters", change)

    assert result.status == 2
    assert told in result.err
    assert following.feeds.read_text() == before


def test_setting_an_address_of_another_feed_is_refused(following, origin):
    before = following.feeds.read_text()
    result = following("feeds", "set", "archive", f"url={origin.url('/letters.xml')}")

    assert result.status == 1
    assert "is already followed as 'letters'" in result.err
    assert following.feeds.read_text() == before


@pytest.mark.parametrize("command", [["set", "nosuch", "tags=x"], ["remove", "nosuch"]])
def test_an_unknown_feed_is_told(following, command):
    result = following("feeds", *command)
    assert (result.status, "unknown feed id 'nosuch'" in result.err) == (1, True)


def test_a_removed_feed_leaves_the_others_and_every_comment(following):
    assert following("feeds", "remove", "letters").status == 0
    assert list(following.entries()) == ["archive"]
    assert "# My feeds.\n" in following.feeds.read_text()


def opml(*urls):
    outlines = "".join(f'<outline type="rss" text="Feed {n}" xmlUrl="{url}"/>' for n, url in urls)
    return f'<opml version="2.0"><body>{outlines}</body></opml>'


def test_a_list_is_imported_and_every_feed_of_it_accounted_for(following, origin, tmp_path):
    path = tmp_path / "list.opml"
    urls = ["https://a.test/feed", "https://b.test/feed", origin.url("/letters.xml"), "ftp://c"]
    path.write_text(opml(*enumerate(urls)))

    result = following("feeds", "import", str(path))

    assert result.status == 1
    assert f"there already as letters: {urls[2]}" in result.out
    assert "not added: ftp://c: " in result.out
    assert "2 feeds added" in result.out
    assert "1 there already, 1 not added." in result.out
    assert following("feeds", "import", str(path)).out.count("there already as") == 3


def test_an_exported_list_is_imported_elsewhere(following, tmp_path):
    exported = following("feeds", "export")
    assert exported.status == 0
    path = tmp_path / "list.opml"
    path.write_text(exported.out)
    following.feeds.unlink()

    assert following("feeds", "import", str(path)).status == 0
    assert list(following.entries()) == ["letters"]


def test_what_is_no_list_is_told_and_makes_no_registry(feedhouse, tmp_path):
    path = tmp_path / "notes.txt"
    path.write_text("no list")
    result = feedhouse("feeds", "import", str(path))
    assert (result.status, f"{path}: not OPML" in result.err) == (1, True)

    missing = feedhouse("feeds", "import", str(tmp_path / "missing.opml"))
    assert (missing.status, "missing.opml cannot be read" in missing.err) == (1, True)
    assert not feedhouse.feeds.exists()


def test_a_check_says_what_a_run_would_do_and_lands_nothing(following):
    result = following("feeds", "check", "letters")

    assert result.status == 0, result.err
    assert "letters: a new body of" in result.out
    assert "2026-05-01  Post 100" in result.out
    assert "then again 20" in result.out
    assert not following.data.exists()


def test_a_check_that_fails_is_a_failure_with_the_cure(following, origin):
    origin.behaviours["/letters.xml"] = b.answers(404)

    result = following("feeds", "check", "letters")
    (record,) = json.loads(following("feeds", "check", "letters", "--json").out)

    assert result.status == 1
    assert "would fail (not_found): status 404" in result.out
    assert (record["is_success"], record["outcome"]) == (False, "not_found")


def test_a_feed_that_is_only_imported_cannot_be_checked(following):
    result = following("feeds", "check", "archive")
    assert (result.status, "it is only imported" in result.err) == (1, True)


def test_feeds_are_listed_for_people_and_programs(following, origin):
    assert "1 of 2 are followed" in following("feeds", "list").out

    letters, archive = json.loads(following("feeds", "list", "--json").out)

    assert letters["url"] == origin.url("/letters.xml")
    assert (letters["is_followed"], archive["is_followed"]) == (True, False)


@pytest.mark.parametrize("command", [["set"], ["add"], ["check"], ["nosuch"]])
def test_wrong_usage_is_status_2(following, command):
    assert following("feeds", *command).status == 2


def test_a_contact_that_cannot_be_sent_is_told(following):
    following.environment["FEEDHOUSE_CONTACT"] = "größe"
    result = following("feeds", "check", "letters")
    assert (result.status, "the contact 'größe' cannot be sent" in result.err) == (1, True)


def test_the_contact_of_the_environment_is_told_to_hosts(following, origin):
    following.environment["FEEDHOUSE_CONTACT"] = "me@reader.test"
    following("feeds", "check", "letters")
    assert origin.log[0].headers["user-agent"].endswith("; me@reader.test)")
