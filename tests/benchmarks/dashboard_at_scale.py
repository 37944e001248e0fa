"""The dashboard at scale: first paint and changes of pages in a real browser.

    python -m tests.benchmarks.dashboard_at_scale [ARTICLES] [FOLDER]

The archive is that of `warehouse_at_scale`; FOLDER keeps it. Promises at 100,000 articles: the
first page stands 3 s after the address was entered, each other one 1 s after the click. A page
stands when its script has ended and all its charts are drawn. A visitor looks at a page for a
second before the next click; the dashboard asks in that second what the other pages open with,
which is why the pages of a choice nobody made before are measured without a look as well. The
sponsor is one with three thousand placements.

On a busy machine seconds tell of the neighbours: beside them stand those of the processor, of the
server and of the browser, whose sum two quiet cores stay below.
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
from typing import Any, NamedTuple, Self

from playwright.sync_api import Page, sync_playwright

from orchestration.python_marts import PYTHON_MARTS
from tests.benchmarks.warehouse_at_scale import AS_OF, SCHEMAS, say, write_archive
from warehouse.build import build_warehouse

FIRST_PROMISE, CHANGE_PROMISE = 3.0, 1.0
TITLES = ("Sponsors", "Topics", "Cadence", "Articles", "Quality", "Overview")
SPONSOR = "sponsors?sponsor=sponsor-1"
LOOK_MS = 1000
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


class Took(NamedTuple):
    seconds: float
    server_seconds: float
    browser_seconds: float


class Clock:
    """Measures a block: seconds, and those of the processor by server and browser."""

    def __init__(self, server: int) -> None:
        self._server = server

    def __enter__(self) -> Self:
        self._began, self._before = time.perf_counter(), self._spent()
        return self

    def __exit__(self, *_: object) -> None:
        seconds, spent = time.perf_counter() - self._began, self._spent()
        self.took = Took(seconds, *(b - a for a, b in zip(self._before, spent, strict=True)))

    def _spent(self) -> tuple[float, float]:
        processes = {
            int(folder.name): fields
            for folder in Path("/proc").iterdir()
            if folder.name.isdigit() and (fields := fields_of(folder))
        }

        def below(root: int) -> float:
            own = processes.get(root)
            mine = (int(own[11]) + int(own[12])) / os.sysconf("SC_CLK_TCK") if own else 0.0
            return mine + sum(below(each) for each, of in processes.items() if int(of[1]) == root)

        server = below(self._server)
        return server, below(os.getpid()) - server


def fields_of(folder: Path) -> list[str]:
    """Return what /proc tells of a process after its name; nothing when it has ended."""
    try:
        return (folder / "stat").read_text().rpartition(")")[2].split()
    except OSError:
        return []


def measure(address: str, server: int) -> Iterator[tuple[str, Took, float | None]]:
    """Yield what was measured: name, what it took, and the promise in seconds if there is one."""
    with sync_playwright() as driver:
        chromium = driver.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        page = chromium.new_page(viewport={"width": 1280, "height": 900})
        page.goto(address)
        stands(page, "Overview")  # the server imports what it needs with its first visitor
        for path, query, look in (
            ("first", "?period=24+months", LOOK_MS),
            ("again", "?period=24+months", LOOK_MS),
            ("first, without a look", "?period=all+time", 0),
        ):
            page = chromium.new_page(viewport={"width": 1280, "height": 900})
            with Clock(server) as clock:
                page.goto(f"{address}/{query}")
                stands(page, "Overview")
            yield f"first paint ({path})", clock.took, FIRST_PROMISE
            for title in TITLES:
                page.wait_for_timeout(look)
                with Clock(server) as clock:
                    page.get_by_role("link", name=title, exact=True).click()
                    stands(page, title)
                yield f"{title} ({path})", clock.took, CHANGE_PROMISE
        page.wait_for_timeout(LOOK_MS)
        with Clock(server) as clock:
            page.goto(f"{address}/{SPONSOR}")
            stands(page, "Sponsors")
        yield "a sponsor, from its address", clock.took, FIRST_PROMISE
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
            say("   all  server  browser (seconds; the last two of the processor)")
            for name, took, promise in measure(address, server.pid):
                is_late = promise is not None and took.seconds > promise
                is_kept &= not is_late
                late = f"  LATE, promised {promise} s" if is_late else ""
                say("{:6.2f}  {:6.2f}  {:7.2f}  ".format(*took) + name + late)
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
