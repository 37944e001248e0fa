"""What a visitor of `feedhouse dashboard` sees, at a desk and on a phone.

Over the demo's publications, and over one feed whose every word tries to break out.
"""

import os
import re
import signal
import subprocess
import sys
from contextlib import contextmanager
from html import escape
from urllib.parse import parse_qs, urlsplit

import duckdb
import pytest

from tests.transforms.conftest import item, rss

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(300)]

PATHS = ["", "sponsors", "topics", "cadence", "articles", "quality"]
PARTS = [
    *("sponsors?part=" + part for part in ("New and lost", "When and where", "Beside what")),
    *("topics?subject=" + part for part in ("Month by month", "First and new")),
    *("cadence?look=" + part for part in ("Rhythm", "Usual times")),
    *("quality?check=" + part for part in ("How complete", "Dates", "What went wrong")),
]
"""Parts of pages besides their first ones."""
WIDTHS = {"desk": 1280, "phone": 400}
SLOW_MS = 60_000
IDLE = "[data-testid='stApp'][data-test-script-state='notRunning']"
HOSTILE = (
    "<img src=x onerror=alert(1)> ![p](https://tracker.example/p.png) [c](javascript:alert(1))"
)


def feedhouse(data, *arguments):
    """Run the command in a process of its own: the browser's event loop is in this one."""
    subprocess.run(
        [sys.executable, "-m", "orchestration", *arguments],
        env={**os.environ, "FEEDHOUSE_DATA": str(data), "FEEDHOUSE_FEEDS": ""},
        stdout=subprocess.DEVNULL,
        check=True,
    )


@contextmanager
def served(data):
    """Run `feedhouse dashboard` over a data directory; yield its address."""
    with subprocess.Popen(
        [sys.executable, "-m", "orchestration", "dashboard"],
        env={**os.environ, "FEEDHOUSE_DATA": str(data)},
        stdout=subprocess.PIPE,
        text=True,
    ) as server:
        try:
            yield re.search(r"http://127\.0\.0\.1:\d+", server.stdout.readline())[0]
        finally:
            server.send_signal(signal.SIGTERM)


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    folder = tmp_path_factory.mktemp("demo")
    feedhouse(folder, "demo")
    return folder / "demo"


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    folder = tmp_path_factory.mktemp("hostile")
    escaped = escape(HOSTILE)
    entries = [
        item(
            f"<h2>{escaped} (Sponsored)</h2><p>{escaped} Try it free today.</p>"
            f'<p><a href="https://acme.example/?n={number}">{escaped}</a></p><hr>'
            f'<p>Caching and databases. <a href="javascript:alert(1)">{escaped}</a></p>',
            title=f"={HOSTILE} {number}",
            slug=f"post-{number}",
            date=f"Sat, {2 + 7 * number:02} May 2026 15:30:00 GMT",
            author=HOSTILE,
            categories=(HOSTILE,),
        )
        for number in range(4)
    ]
    window = folder / "window.xml"
    edited = [entries[0].replace("Caching", f"{escaped} Caching"), *entries[1:]]
    for window_entries in (entries, edited):
        window.write_bytes(rss(*window_entries))
        feedhouse(folder / "data", "import", str(window), "--feed", "letter")
        feedhouse(folder / "data", "run", "--offline")
    return folder / "data"


@pytest.fixture(scope="module")
def edited(hostile):
    """The article of it that was edited."""
    with duckdb.connect() as con:
        files = hostile / "core" / "article_revisions" / "**" / "*.parquet"
        found = con.sql(f"select article_id from '{files}' where text_before is not null")
        return found.fetchall()[0][0]


@pytest.fixture(scope="module", params=WIDTHS.values(), ids=WIDTHS.keys())
def visitor(request, chromium, tmp_path_factory):
    """A page with what it asked for and what it complained of."""
    browser = chromium(
        tmp_path_factory.mktemp("profile"), viewport={"width": request.param, "height": 900}
    )
    page = browser.pages[0]
    page.requests, page.errors, page.dialogs = [], [], []
    page.on("request", lambda asked: page.requests.append(asked.url))
    page.on("pageerror", lambda error: page.errors.append(str(error)))
    page.on("dialog", lambda dialog: (page.dialogs.append(dialog.message), dialog.dismiss()))
    yield page
    browser.close()


def visit(page, address):
    page.requests.clear()
    page.goto(address)
    page.locator("h1").first.wait_for(timeout=SLOW_MS)
    page.locator(IDLE).wait_for(timeout=SLOW_MS)
    page.wait_for_timeout(500)


def outside(page):
    """Return what was asked of anybody but the dashboard itself."""
    return [
        url
        for url in page.requests
        if urlsplit(url).scheme in {"http", "https", "ws", "wss"}
        and urlsplit(url).hostname != "127.0.0.1"
    ]


def shoot(page, name):
    folder = os.environ.get("FEEDHOUSE_SCREENSHOTS")
    if folder:
        height = page.evaluate("document.querySelector('[data-testid=stMain]').scrollHeight")
        size = page.viewport_size
        page.set_viewport_size({"width": size["width"], "height": min(int(height) + 60, 8000)})
        page.wait_for_timeout(1500)
        page.screenshot(path=f"{folder}/{name}-{size['width']}.png")
        page.set_viewport_size(size)


def assert_sound(page):
    assert page.locator("[data-testid='stException']").count() == 0
    assert outside(page) == []
    assert page.errors == []
    assert page.dialogs == []


@pytest.fixture(scope="module")
def demo_address(demo):
    (demo / "feedhouse.duckdb").unlink()
    with served(demo) as address:
        yield address


@pytest.fixture(scope="module")
def hostile_address(hostile):
    with served(hostile) as address:
        yield address


@pytest.mark.parametrize("path", [*PATHS, *PARTS])
def test_every_page_is_drawn_without_the_warehouse_file_and_asks_nobody_else(
    visitor, demo_address, path
):
    visit(visitor, f"{demo_address}/{path}{'&' if '?' in path else '?'}period=all+time")

    assert visitor.locator("h3").count() > 0
    assert_sound(visitor)
    wider = visitor.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert wider <= 0
    shoot(visitor, re.sub(r"\W+", "-", path) or "overview")


@pytest.mark.parametrize("path", PATHS)
def test_hostile_words_stay_words(visitor, hostile_address, path):
    visit(visitor, f"{hostile_address}/{path}?period=all+time")

    assert_sound(visitor)
    assert visitor.locator("img[src='x'], [onerror]").count() == 0
    hrefs = visitor.locator("a[href]").evaluate_all("all => all.map(a => a.href)")
    assert all(href.startswith(("http://", "https://")) for href in hrefs)
    shoot(visitor, f"hostile-{path or 'overview'}")


def test_hostile_edits_are_words_struck_and_bold(visitor, hostile_address, edited):
    visit(visitor, f"{hostile_address}/articles?article={edited}&period=all+time")

    new = visitor.locator("[data-testid='stMarkdown'] strong", has_text="tracker.example")
    assert HOSTILE in new.last.inner_text()
    assert_sound(visitor)
    assert visitor.locator("img[src='x'], [onerror]").count() == 0
    shoot(visitor, "hostile-edits")


def test_the_open_part_of_a_page_is_in_its_address(visitor, demo_address):
    visit(visitor, f"{demo_address}/topics")
    visitor.get_by_role("tab", name="Month by month").click()
    visitor.get_by_role("heading", name="When was what written about?").wait_for(timeout=SLOW_MS)
    visitor.wait_for_function("location.search.includes('subject')", timeout=SLOW_MS)

    visit(visitor, visitor.url)
    assert visitor.get_by_role("heading", name="When was what written about?").count() == 1


def test_filters_are_in_the_address_and_outlive_a_change_of_pages(visitor, demo_address):
    visit(visitor, f"{demo_address}/?feed=loadbearing&period=all+time")
    visitor.get_by_text("Showing 1 of 5 feeds").wait_for(timeout=SLOW_MS)
    visitor.get_by_role("link", name="Sponsors").click()
    visitor.get_by_role("heading", name="Sponsors", level=1).wait_for(timeout=SLOW_MS)
    visitor.get_by_text("Showing 1 of 5 feeds").wait_for(timeout=SLOW_MS)
    visitor.wait_for_function("location.search.includes('period')", timeout=SLOW_MS)

    kept = parse_qs(urlsplit(visitor.url).query)
    assert kept == {"feed": ["loadbearing"], "period": ["all time"]}


def test_an_unfolded_exhibit_has_its_table_csv_and_sql(visitor, demo_address):
    visit(visitor, f"{demo_address}/topics?period=all+time")
    visitor.get_by_text("Table, CSV and SQL").first.click()
    visitor.get_by_text("select", exact=False).first.wait_for(timeout=SLOW_MS)

    with visitor.expect_download() as downloading:
        visitor.get_by_text("Download CSV").first.click()
    assert downloading.value.suggested_filename.endswith(".csv")


def test_new_data_shows_by_itself(visitor, hostile, hostile_address, tmp_path):
    width = visitor.viewport_size["width"]
    visit(visitor, f"{hostile_address}/?period=all+time")
    window = tmp_path / "newer.xml"
    window.write_bytes(rss(item("<p>More.</p>", title=f"Newer {width}", slug=f"newer-{width}")))
    feedhouse(hostile, "import", str(window), "--feed", "letter")
    feedhouse(hostile, "run", "--offline")

    # Tables are drawn on a canvas; what they hold stands in it for those who cannot see.
    visitor.wait_for_function(
        "title => document.body.textContent.includes(title)",
        arg=f"Newer {width}",
        timeout=SLOW_MS,
    )


def test_without_tables_the_page_says_what_builds_them(visitor, tmp_path):
    with served(tmp_path) as address:
        visit(visitor, address)
        visitor.get_by_text("feedhouse run", exact=False).first.wait_for(timeout=SLOW_MS)
        assert_sound(visitor)
