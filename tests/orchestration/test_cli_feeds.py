"""`feedhouse feeds` and `feedhouse status`: output, files and exit status."""

import contextlib
import fcntl
import io
import json
import os
import pty
import re
import signal
import struct
import subprocess
import sys
import termios
import time
import tomllib
from pathlib import Path
from typing import NamedTuple

import pytest

from orchestration.cli import main
from orchestration.registry import PACKAGED_REGISTRY, load_registry
from tests.orchestration.origin import behaviours as b
from warehouse.landing import Landing

PROGRAM = [sys.executable, "-c", "from orchestration.cli import main; main()"]
HOME_PAGE = (
    b'<html><head><link rel="alternate" type="application/rss+xml" href="/letters.xml"></head>'
    b"<body>Letters</body></html>"
)
COMMENTED = """\
# My feeds.

[[feed]]
id = "letters"  # the good one
url = "{url}"
timezone = "Europe/Paris"  # they sit there
allow_private = true

# Only files.
[[feed]]
id = "archive"
"""


class Result(NamedTuple):
    """What a command printed and how it ended."""

    status: int
    out: str
    err: str


class Command:
    """The command with a data directory of its own, run in this process."""

    def __init__(self, folder: Path) -> None:
        self.data = folder / "data"
        self.feeds = folder / "my-feeds.toml"
        self.environment = {"FEEDHOUSE_DATA": str(self.data), "FEEDHOUSE_FEEDS": str(self.feeds)}

    def __call__(self, *arguments: str, answer: str = "") -> Result:
        out, err = io.StringIO(), io.StringIO()
        with (
            pytest.MonkeyPatch.context() as patch,
            contextlib.redirect_stdout(out),
            contextlib.redirect_stderr(err),
        ):
            for name, text in self.environment.items():
                patch.setenv(name, text)
            patch.setattr(sys, "argv", ["feedhouse", *arguments])
            patch.setattr(sys, "stdin", io.StringIO(answer))
            try:
                main()
                status = 0
            except SystemExit as ended:
                status = ended.code if isinstance(ended.code, int) else int(ended.code is not None)
        return Result(status, out.getvalue(), " ".join(err.getvalue().replace("│", " ").split()))

    def entries(self) -> dict[str, dict[str, object]]:
        return {feed["id"]: feed for feed in tomllib.loads(self.feeds.read_text())["feed"]}


@pytest.fixture
def feedhouse(tmp_path):
    return Command(tmp_path)


@pytest.fixture
def following(feedhouse, origin):
    """The command, following one feed that answers."""
    origin.behaviours["/letters.xml"] = b.validated(lambda: b.FEED, '"1"')
    feedhouse.feeds.write_text(COMMENTED.format(url=origin.url("/letters.xml")))
    return feedhouse


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


def test_status_before_the_first_run_tells_what_is_due(following):
    result = following("status")

    assert result.status == 0, result.err
    assert "never asked" in result.out
    assert "only imported" in result.out
    assert "2 feeds: 2 new; 1 due now." in result.out
    assert not following.data.exists()


def fetched(following, reader):
    """Land attempts in the command's own data directory, as a run does first."""
    reader.landing = Landing(following.data / "landing")
    reader.feeds = {feed.id: feed for feed in load_registry(following.feeds).feeds}
    return reader.run(force=True)


def test_status_tells_why_each_feed_is_due_and_what_fails(following, reader, origin):
    fetched(following, reader)
    origin.behaviours["/letters.xml"] = b.answers(410)
    fetched(following, reader)

    result = following("status")
    letters, archive = json.loads(following("status", "--json").out)

    assert "gone (410): asked once a week" in " ".join(result.out.split())
    assert "letters: status 410: the publisher says the feed is gone." in result.out
    assert (letters["health"], letters["outcome"], letters["failures"]) == ("warning", "gone", 1)
    assert letters["because"] == "gone (410): asked once a week"
    assert (archive["due_at"], archive["because"]) == (None, "has no url: only imported")


def test_status_names_a_damaged_landing(following, reader):
    fetched(following, reader)
    path = following.data / "landing" / "letters" / "attempts.jsonl"
    path.write_bytes(path.read_bytes() + b"\0\n")

    result = following("status")
    (letters,) = json.loads(following("status", "letters", "--json").out)

    assert result.status == 0
    assert f"{path}, line 2 is damaged" in result.out
    check = following("feeds", "check", "letters")
    assert (check.status, "letters: not asked: " in check.out) == (1, True)
    assert (letters["health"], letters["is_due"]) == ("failing", False)


def test_status_of_an_unknown_feed_is_told(following):
    result = following("status", "nosuch")
    assert (result.status, "unknown feed id 'nosuch'" in result.err) == (1, True)


def test_status_fits_a_terminal_of_100_columns(following, reader, origin):
    origin.behaviours["/a-feed-with-a-long-name.xml"] = b.feed(cache_control="max-age=40000")
    with following.feeds.open("a") as feeds:
        feeds.write('\n[[feed]]\nid = "a-feed-with-quite-a-long-name"\nallow_private = true\n')
        feeds.write(f'url = "{origin.url("/a-feed-with-a-long-name.xml")}"\n')
    fetched(following, reader)
    leader, follower = pty.openpty()
    fcntl.ioctl(follower, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 100, 0, 0))
    unsized = {name: text for name, text in os.environ.items() if name not in {"COLUMNS", "LINES"}}
    subprocess.run(
        [*PROGRAM, "status"],
        env={**unsized, **following.environment, "TERM": "xterm"},
        stdout=follower,
        check=True,
    )
    os.close(follower)
    text = re.sub("\x1b\\[[0-9;]*m", "", os.read(leader, 100_000).decode())
    os.close(leader)

    lines = text.splitlines()
    assert max(map(len, lines)) <= 100
    assert "a-feed-with-quite-a-long-name" in text
    assert "3 feeds: 1 new, 2 ok" in text


@pytest.mark.slow
def test_no_request_is_made_too_early_by_runs_that_are_killed(following, origin):
    """As users have it: `feedhouse run` as a process, killed in the middle, and run again."""
    origin.behaviours["/letters.xml"] = b.answers(429, retry_after="3600")
    origin.behaviours["/stalling.xml"] = b.stalls
    with following.feeds.open("a") as feeds:
        feeds.write(f'\n[[feed]]\nid = "stalling"\nurl = "{origin.url("/stalling.xml")}"\n')
        feeds.write("allow_private = true\n")
    environment = {**os.environ, **following.environment}
    attempts = following.data / "landing" / "letters" / "attempts.jsonl"

    with subprocess.Popen([*PROGRAM, "run"], env=environment) as run:
        deadline = time.monotonic() + 60
        while not attempts.exists() and time.monotonic() < deadline:
            time.sleep(0.05)
        run.send_signal(signal.SIGKILL)
    assert len(origin.asked("/letters.xml")) == 1

    again = subprocess.run(
        [*PROGRAM, "run", "--feed", "letters"],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert "not asked" in again.stdout
    assert len(origin.asked("/letters.xml")) == 1


@pytest.mark.slow
def test_a_failing_feed_fails_the_run_and_no_other_feed(following, origin):
    origin.behaviours["/broken.xml"] = b.answers(200, b.PAGE)
    with following.feeds.open("a") as feeds:
        feeds.write(f'\n[[feed]]\nid = "broken"\nurl = "{origin.url("/broken.xml")}"\n')
        feeds.write("allow_private = true\n")

    run = subprocess.run(
        [*PROGRAM, "run"],
        env={**os.environ, **following.environment},
        capture_output=True,
        text=True,
        check=False,
    )

    assert run.returncode == 1
    assert "broken   not_a_feed: " in run.stdout
    assert "20 new" in run.stdout
    assert "Traceback" not in run.stderr
