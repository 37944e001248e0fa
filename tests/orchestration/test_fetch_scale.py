"""Hundreds of feeds, and hostile ones, within time and memory."""

import json
import subprocess
import sys
import textwrap
import time
from dataclasses import replace
from pathlib import Path

import pytest

from tests.orchestration.origin import behaviours as b

MEMORY_LIMIT_MB = 200


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="peak memory is read there")
def test_hostile_bodies_together_stay_under_the_memory_limit(origin, landing):
    """In a process of its own, so that its peak is that of fetching alone.

    `ru_maxrss` will not do: on Linux a process inherits the peak of the one that started it.
    """
    hostile = [b.endless_body, b.gzip_bomb, b.gzip_bomb, b.drips_body, b.drips_head, b.stalls]
    for number, behaviour in enumerate(hostile):
        origin.behaviours[f"/{number}"] = behaviour
    origin.behaviours["/tags"] = b.answers(200, b"<rss>" + b"<a/>" * 3_700_000)
    origin.behaviours["/good"] = b.feed()
    names = [*map(str, range(len(hostile))), "tags", "good"]
    program = f"""
        import json
        from datetime import UTC, datetime
        from pathlib import Path
        from orchestration.fetch.fetching import fetch_feeds
        from orchestration.fetch.settings import FetchSettings
        from orchestration.registry import FeedEntry
        from warehouse.landing import Landing
        feeds = [
            FeedEntry(id=name, url="{origin.url("/")}" + name, allow_private=True)
            for name in {names!r}
        ]
        settings = FetchSettings(
            host_spacing_seconds=0, host_concurrency=32, total_seconds=2.5, read_seconds=1
        )
        attempts = fetch_feeds(
            feeds, Landing(Path({str(landing.root)!r})), settings, lambda: datetime.now(UTC)
        )
        status = Path("/proc/self/status").read_text()
        peak_mb = int(status.split("VmHWM:")[1].split()[0]) / 1024
        print(json.dumps([peak_mb, [attempt.outcome for attempt in attempts]]))
    """
    result = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(program)], capture_output=True, text=True, check=True
    )
    peak_mb, outcomes = json.loads(result.stdout)
    too_large, slow = ["too_large"] * 3, ["timeout"] * 3
    assert outcomes == [*too_large, *slow, "ok", "ok"]
    assert peak_mb < MEMORY_LIMIT_MB


@pytest.mark.slow
def test_five_hundred_unchanged_feeds_take_less_than_ten_seconds(reader, capsys):
    # The short limits of the other tests would tell a busy neighbour from nothing.
    reader.settings = replace(
        reader.settings, connect_seconds=10.0, read_seconds=10.0, total_seconds=20.0
    )
    for number in range(500):
        reader.follow(f"feed-{number}", b.validated(lambda: b.FEED, f'W/"{number}"'))
    reader.run()
    begin = time.monotonic()
    attempts = reader.run(force=True)
    seconds = time.monotonic() - begin
    with capsys.disabled():
        rate = len(attempts) / seconds
        print(f"\n500 feeds, all unchanged: {seconds:.2f} s, {rate:.0f} requests a second")  # noqa: T201
    assert {attempt.outcome for attempt in attempts.values()} == {"unchanged"}
    assert seconds < 10
