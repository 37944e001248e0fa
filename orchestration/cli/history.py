"""`feedhouse history`: get back what a feed's window lost."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from orchestration.cli.failures import CommandError
from orchestration.cli.output import print_table, say
from orchestration.cli.settings import check_feed_ids, current_places, current_registry

if TYPE_CHECKING:
    from orchestration.fetch.history import MonthCoverage, WalkReport
    from orchestration.fetch.history.settings import OnProgress
    from orchestration.places import Places
    from orchestration.registry import FeedEntry


def register(app: typer.Typer) -> None:
    """Add the command of this module."""
    app.command("history")(history)


def history(
    feed: Annotated[list[str], typer.Argument(help="Feeds whose past to get back.")],
    source: Annotated[
        list[str] | None,
        typer.Option(
            help="Only this source; may be repeated: sitemap, substack, paged-feed, wordpress,"
            " web-archive or pages. Those that fit the feed when left out."
        ),
    ] = None,
    max_requests: Annotated[
        int | None, typer.Option(min=0, help="Stop after so many requests.")
    ] = None,
    spacing: Annotated[
        float | None, typer.Option(min=0.0, help="Seconds between requests to one source.")
    ] = None,
    archive: Annotated[
        list[Path] | None,
        typer.Option("--from", help="WARC files or folders of saved pages, instead of asking."),
    ] = None,
    *,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say how many requests it would take.")
    ] = False,
    coverage: Annotated[
        bool, typer.Option("--coverage", help="Show which months are complete, and the proof.")
    ] = False,
) -> None:
    """Ask archives, lists and old pages for a feed's past; lands all of it, asks nothing twice."""
    places = current_places()
    registry = current_registry(places)
    check_feed_ids(registry, feed)
    entries = [entry for entry in registry.feeds if entry.id in feed]
    if coverage:
        _print_coverage(places, entries)
        return
    if archive:
        is_good = _import(places, entries, archive)
    else:
        is_good = _walk(places, entries, source or [], max_requests, spacing, is_dry=dry_run)
    if not is_good:
        raise typer.Exit(1)


def _walk(
    places: "Places",
    entries: list["FeedEntry"],
    names: list[str],
    max_requests: int | None,
    spacing: float | None,
    *,
    is_dry: bool,
) -> bool:
    from orchestration.fetch.history import SOURCE_NAMES
    from orchestration.fetch.history.running import chosen_sources
    from orchestration.run_record import RunRecord
    from orchestration.running import BackfillRequest, run_backfill
    from warehouse.landing import Landing

    for name in names:
        if name not in SOURCE_NAMES:
            known = ", ".join(SOURCE_NAMES)
            raise typer.BadParameter(f"{name!r} is no source: {known}", param_hint="--source")
    for entry in entries:  # what cannot be asked for is told before a run begins
        chosen_sources(places, entry, names, Landing(places.landing))
    reports: list[WalkReport] = []

    def tell(report: "WalkReport") -> None:
        reports.append(report)
        say(report_line(report))

    request = BackfillRequest(
        places=places,
        feeds=[entry.id for entry in entries],
        sources=names,
        max_requests=max_requests,
        spacing_seconds=spacing,
        is_dry=is_dry,
    )
    with _progress() as on_visit:
        run_backfill(request, RunRecord(on_walk=tell, on_visit=on_visit))
    if any(report.counts.landed for report in reports) and not is_dry:
        say("Read them with: feedhouse run --offline")
    return not any(report.status in {"stopped", "incomplete"} for report in reports)


def report_line(report: "WalkReport") -> str:
    """Return what came of a walk in a line."""
    counts = report.counts
    begin = f"{report.feed_id}: {report.source}: "
    if report.status == "not_available":
        return f"{begin}the publication has none ({counts.requests} requests)"
    if report.status == "dry":
        planned = f"{report.estimate} {counts.planned} more"
        return f"{begin}would take {planned}; {counts.requests} asked to find out, none kept"
    told = f"{counts.requests} requests, {counts.landed} landed, {counts.reused} had before"
    if report.finding.missing:
        told += f", {len(report.finding.missing)} listed and not to be had"
    if report.status == "complete":
        proofs = ", ".join(report.finding.proofs) or "nothing proves that it is all"
        return f"{begin}to its end: {told}; {proofs}"
    return f"{begin}{report.status}: {told}. {report.reason}"


def _import(places: "Places", entries: list["FeedEntry"], paths: list[Path]) -> bool:
    from orchestration.fetch.history import import_archives
    from orchestration.running import report_archives
    from warehouse.landing import Landing
    from warehouse.lock import writer_lock

    if len(entries) != 1:
        raise CommandError("an archive is imported for one feed at a time; name only one")
    with writer_lock(places.data, "history"):
        outcomes = import_archives(Landing(places.landing), entries, paths)
    report_archives(places, entries[0].id, outcomes)
    for each in outcomes:
        note = f"; {each.note}" if each.note else ""
        say(
            f"{each.path}: {each.landed} landed for {entries[0].id}, {each.known} known,"
            f" {each.passed_over} not of this publication{note}"
        )
    if any(each.landed for each in outcomes):
        say("Read them with: feedhouse run --offline")
    return not any(each.note for each in outcomes)


def _print_coverage(places: "Places", entries: list["FeedEntry"]) -> None:
    from orchestration.fetch.history import history_coverage
    from warehouse.landing import Landing

    landing = Landing(places.landing)
    months = [m for entry in entries for m in history_coverage(landing, places.core, entry.id)]
    columns = ["feed", "month", "articles", "listed", "missing", "status", "proof"]
    print_table(columns, [_coverage_row(month) for month in months])
    for month in months:
        for url in month.missing:
            say(f"missing in {month.feed_id} {month.month}: {url}")


def _coverage_row(month: "MonthCoverage") -> list[object]:
    return [
        month.feed_id, month.month, month.article_count, month.listed_count,
        len(month.missing), month.status, ", ".join(month.proofs),
    ]  # fmt: skip


@contextmanager
def _progress() -> Iterator["OnProgress"]:
    """Yield what a walk tells its progress to: on a terminal a bar with the time that is left."""
    import sys

    if not sys.stderr.isatty():
        yield lambda _source, _done, _expected: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn
    from rich.progress import TimeRemainingColumn as TimeLeft

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeLeft())
    # Requests are seconds apart: the pace of the last ten minutes tells what is left.
    console = Console(stderr=True)
    with Progress(*columns, console=console, transient=True, speed_estimate_period=600) as bar:
        tasks: dict[str, TaskID] = {}

        def show(source: str, done: int, expected: int | None) -> None:
            if source not in tasks:
                tasks[source] = bar.add_task(source, total=expected)
            bar.update(tasks[source], completed=done, total=expected)

        yield show
