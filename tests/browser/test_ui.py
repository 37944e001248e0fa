"""What somebody sees who opens the UI: lineage, a run, an asset, its checks and plots.

In the order of a visit: each test goes on from what the one before it did.
"""

import os
import re
from pathlib import Path

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(300)]

SLOW_MS = 60_000
"""A page, a queue and a first load, on two cores that others use as well."""
RUN_CONFIG = "ops:\n  raw__landing:\n    config:\n      is_offline: true\n"
MEMORY_LIMIT_MB = 600
"""Leaves a run of an hour room below 700, with those who watch it."""


def see(page, text, *, exact=True):
    page.get_by_text(text, exact=exact).first.wait_for(timeout=SLOW_MS)


def test_the_lineage_shows_the_groups_of_the_house(page, address, shot):
    page.goto(f"{address}/asset-groups")

    for group in ("raw", "core", "warehouse", "marts", "exports"):
        see(page, group)
    shot("lineage")


def test_the_job_is_launched_and_turns_green(page, address, shot):
    page.goto(f"{address}/locations/orchestration.definitions/jobs/refresh/playground")
    page.locator(".CodeMirror").first.click(timeout=SLOW_MS)
    page.keyboard.press("Control+A")
    page.keyboard.insert_text(RUN_CONFIG)
    launch = page.get_by_role("button", name="Launch run").first
    page.wait_for_timeout(1000)  # the configuration is checked by the server
    launch.click(timeout=SLOW_MS)

    page.wait_for_url(re.compile("/runs/"), timeout=SLOW_MS)
    page.get_by_text(re.compile("^Success")).first.wait_for(timeout=2 * SLOW_MS)
    shot("run")


def test_a_table_shows_rows_columns_owner_and_kinds(page, address, shot):
    page.goto(f"{address}/assets/core/articles")

    for text in ("Row count", "article_id", "non-nullable", "reading", "Parquet"):
        see(page, text)
    shot("asset")


def test_checks_of_the_warehouse_have_passed(page, address, shot):
    page.goto(f"{address}/assets/warehouse/feedhouse?view=checks")

    see(page, "unique_keys")
    see(page, "Succeeded")
    shot("checks")


def test_numbers_of_runs_are_plotted(page, address, shot):
    page.goto(f"{address}/assets/core/articles?view=events")
    page.goto(f"{address}/assets/core/articles")
    page.get_by_role("button", name="Plots").first.click(timeout=SLOW_MS)

    page.locator("canvas").first.wait_for(timeout=SLOW_MS)
    shot("plots")


@pytest.mark.parametrize("group", ["raw", "core", "warehouse", "marts", "exports"])
def test_a_group_is_materialised_without_asking_for_partitions(page, address, group):
    page.goto(f"{address}/locations/orchestration.definitions/asset-groups/{group}")

    button = page.get_by_role("button", name=re.compile("Materialize")).first
    button.wait_for(timeout=SLOW_MS)

    assert "…" not in button.inner_text()


def test_the_whole_lineage_is_materialised_in_one_run_without_a_question(page, address, shot):
    page.goto(f"{address}/asset-groups")
    page.get_by_role("button", name="Materialize all").first.click(timeout=SLOW_MS)

    see(page, re.compile("Launched run"))
    shot("materialize")
    page.goto(f"{address}/runs")
    see(page, re.compile(r"^\d\d assets$"))
    assert page.get_by_text("Manually launched").count() == 2  # the job's, and this one


def test_the_processes_of_the_ui_fit_in_the_memory_of_a_small_machine(address):
    port = address.rpartition(":")[2]
    processes = [path for path in Path("/proc").iterdir() if path.name.isdigit()]
    (web,) = (path for path in processes if f" -p {port} " in _command(path))

    family = [path for path in processes if _group(path) == _group(web)]
    used = sum(map(_memory_mb, [*family, _parent(web)]))

    assert len(family) >= 4
    assert used < MEMORY_LIMIT_MB


def _command(process):
    return (process / "cmdline").read_bytes().replace(b"\0", b" ").decode()


def _group(process):
    return os.getpgid(int(process.name))


def _parent(process):
    status = (process / "status").read_text()
    return process.with_name(re.search(r"^PPid:\t(\d+)$", status, re.MULTILINE)[1])


def _memory_mb(process):
    """Return the memory of a process, pages that it shares with others counted in part."""
    lines = (process / "smaps_rollup").read_text().splitlines()
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024
