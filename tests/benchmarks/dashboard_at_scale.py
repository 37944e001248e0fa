"""The dashboard at scale: first paint and changes of pages in a real browser.

    python -m tests.benchmarks.dashboard_at_scale [ARTICLES] [FOLDER]

The archive is that of `warehouse_at_scale`; FOLDER keeps it. Promises at 100,000 articles: the
first page stands 3 s after the address was entered, each other one 1 s after the click. A page
stands when its script has ended and all its charts are drawn. The first visit to a page asks its
questions; visits after it find the answers kept, and are shown beside it.
"""

import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, sync_playwright

from orchestration.python_marts import PYTHON_MARTS
from tests.benchmarks.warehouse_at_scale import AS_OF, SCHEMAS, say, write_archive
from warehouse.build import build_warehouse

FIRST_PROMISE, CHANGE_PROMISE = 3.0, 1.0
TITLES = ("Sponsors", "Topics", "Cadence", "Articles", "Quality", "Overview")
IDLE = "[data-testid='stApp'][data-test-script-state='notRunning']"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic"]


def stands(page: Page, title: str) -> None:
    page.get_by_role("heading", name=title, level=1).wait_for(timeout=120_000)
    page.locator(IDLE).wait_for(timeout=120_000)
    page.wait_for_function(
        "() => [...document.querySelectorAll('[data-testid=stVegaLiteChart]')]"
        ".every(chart => chart.querySelector('canvas, svg'))",
        timeout=120_000,
    )


def measure(address: str) -> Iterator[tuple[str, float, float | None]]:
    """Yield what was measured: name, seconds, and the promise if there is one."""
    with sync_playwright() as driver:
        chromium = driver.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        page = chromium.new_page(viewport={"width": 1280, "height": 900})
        page.goto(address)
        stands(page, "Overview")  # the server imports what it needs with its first visitor
        for path in ("first", "again"):
            page = chromium.new_page(viewport={"width": 1280, "height": 900})
            began = time.perf_counter()
            page.goto(f"{address}/?period=24+months" if path == "first" else address)
            stands(page, "Overview")
            yield f"first paint ({path})", time.perf_counter() - began, FIRST_PROMISE
            for title in TITLES:
                page.wait_for_timeout(1000)  # a visitor looks before the next click
                began = time.perf_counter()
                page.get_by_role("link", name=title, exact=True).click()
                stands(page, title)
                yield f"{title} ({path})", time.perf_counter() - began, CHANGE_PROMISE
        chromium.close()


def start(data: Path) -> Any:
    return subprocess.Popen(
        [sys.executable, "-m", "orchestration", "dashboard"],
        env={**os.environ, "FEEDHOUSE_DATA": str(data)},
        stdout=subprocess.PIPE,
        text=True,
    )


def main(article_count: int, folder: Path) -> bool:
    """Print the figures; return whether every promise is kept."""
    if not (folder / "core").exists():
        write_archive(folder / "core", article_count)
    if not (folder / "marts").exists():
        build_warehouse(folder, list(SCHEMAS.values()), AS_OF, python_marts=PYTHON_MARTS)
    is_kept = True
    with start(folder) as server:
        try:
            address = re.search(r"http://127\.0\.0\.1:\d+", server.stdout.readline())[0]
            for name, seconds, promise in measure(address):
                is_late = promise is not None and seconds > promise
                is_kept &= not is_late
                say(f"{seconds:8.3f} s  {name}{f'  LATE, promised {promise} s' if is_late else ''}")
        finally:
            server.send_signal(signal.SIGTERM)
    return is_kept


if __name__ == "__main__":
    wanted = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    named = Path(sys.argv[2]) if len(sys.argv) > 2 else None
    place = named or Path(tempfile.mkdtemp())
    try:
        kept = main(wanted, place)
    finally:
        if named is None:
            shutil.rmtree(place)
    sys.exit(0 if kept else 1)
