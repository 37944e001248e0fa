"""`feedhouse status` and runs as processes: what is due, why, and what fails."""

import fcntl
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

import pytest

from orchestration.registry import load_registry
from tests.orchestration.origin import behaviours as b
from warehouse.landing import Landing

PROGRAM = [sys.executable, "-c", "from orchestration.cli import main; main()"]


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
