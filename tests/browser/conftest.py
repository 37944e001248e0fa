"""A real `feedhouse dev` over a small house, and a real browser to look at it."""

import os
import re
import shutil
import signal
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.transforms.conftest import item, rss
from warehouse.landing import Attempt, Landing

FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run"
    " --disable-background-networking --disable-component-update --disable-sync"
).split()
ADDRESS = re.compile(r"http://127\.0\.0\.1:\d+")
VIEWPORT = {"width": 1600, "height": 1000}


@pytest.fixture(scope="session")
def data(tmp_path_factory) -> Path:
    """A data directory with one capture landed and nothing read."""
    folder = tmp_path_factory.mktemp("house")
    (folder / "feeds.toml").write_text('[[feed]]\nid = "letter"\ntitle = "A letter"\n')
    attempt = Attempt(
        feed_id="letter",
        fetched_at=datetime.now(UTC) - timedelta(hours=1),
        outcome="imported",
        source_uri="file:///window.xml",
    )
    Landing(folder / "landing").land(attempt, rss(item("<p>Words about caching in Kafka.</p>")))
    return folder


@pytest.fixture(scope="session")
def address(data) -> str:
    """Where `feedhouse dev` says that it is; stopped at the end as Ctrl-C stops it."""
    environment = {**os.environ, "FEEDHOUSE_DATA": str(data), "FEEDHOUSE_FEEDS": ""}
    with subprocess.Popen(
        [sys.executable, "-m", "orchestration", "dev"],
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as server:
        try:
            yield ADDRESS.search(server.stdout.readline())[0]
        finally:
            server.send_signal(signal.SIGINT)
            rest = server.stdout.read()
    assert (server.returncode, rest) == (0, "stopped\n")


@pytest.fixture(scope="module")
def chromium():
    """Debian's chromium, to open pages with; playwright brings none of its own.

    Closed with the module: while its event loop is there no other test can have one.
    """
    path = shutil.which("chromium")
    if path is None:
        pytest.skip("chromium is not installed")
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with playwright.sync_playwright() as driver:

        def open_browser(profile, **options):
            return driver.chromium.launch_persistent_context(
                str(profile), executable_path=path, args=FLAGS, **options
            )

        yield open_browser


@pytest.fixture(scope="module")
def page(chromium, tmp_path_factory):
    """A page at the size of a desk, with a profile of its own."""
    browser = chromium(tmp_path_factory.mktemp("profile"), viewport=VIEWPORT)
    yield browser.pages[0]
    browser.close()


@pytest.fixture
def shot(page, tmp_path):
    """Save what the page shows now; FEEDHOUSE_SCREENSHOTS names a folder to keep it in."""
    folder = Path(os.environ.get("FEEDHOUSE_SCREENSHOTS") or tmp_path)

    def save(name):
        page.screenshot(path=folder / f"{name}.png")

    return save
