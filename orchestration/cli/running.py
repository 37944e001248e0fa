"""`feedhouse run` and `feedhouse rebuild`."""

from typing import Annotated

import typer

from orchestration.cli.failures import CommandError
from orchestration.cli.output import say
from orchestration.cli.settings import check_feed_ids, current_places, current_registry


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command("run")(run)
    app.command("rebuild")(rebuild)


def run(
    feed: Annotated[list[str] | None, typer.Option(help="Only this feed; may be repeated.")] = None,
    *,
    offline: Annotated[bool, typer.Option("--offline", help="Do all but fetching.")] = False,
    due: Annotated[bool, typer.Option("--due", help="Ask only feeds whose poll is due.")] = False,
) -> None:
    """Fetch the feeds, land, normalise, load and build the marts."""
    places = current_places()
    registry = current_registry(places)
    check_feed_ids(registry, feed or [])
    from orchestration.cli.summary import print_summary
    from orchestration.running import RunRequest, run_refresh

    request = RunRequest(places=places, feeds=feed or [], is_offline=offline, is_due_only=due)
    from orchestration.cli.progress import progress_bar

    with progress_bar() as on_progress:
        record = run_refresh(request, on_progress=on_progress)
    failed = print_summary(record, registry, places, feeds=feed or [], is_offline=offline)
    if failed:
        raise typer.Exit(1)


def rebuild() -> None:
    """Make all tables anew from the landed bytes; print what changed."""
    places = current_places()
    registry = current_registry(places)
    from orchestration.rebuilding import rebuild_core
    from orchestration.running import RunRequest, run_refresh

    if not places.landing.exists():
        raise CommandError(f"nothing has landed in {places.landing} yet; try: feedhouse run")
    for line in rebuild_core(places, registry):
        say(line)
    run_refresh(RunRequest(places=places, is_offline=True))
    say(f"warehouse: {places.warehouse}")
