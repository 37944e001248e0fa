"""`feedhouse import`: land local files."""

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from orchestration.cli.output import say
from orchestration.cli.settings import current_places, current_registry

if TYPE_CHECKING:
    from orchestration.importing import ImportOutcome


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command("import")(import_command)


def import_command(
    paths: Annotated[
        list[Path], typer.Argument(help="Saved feeds, WARC files, saved pages, or folders of them.")
    ],
    feed: Annotated[str | None, typer.Option(help="Feed the files belong to.")] = None,
    form: Annotated[
        str, typer.Option("--format", help="auto, feed, preview-text or blog-text.")
    ] = "auto",
    timezone: Annotated[str | None, typer.Option(help="Zone of times without one.")] = None,
    captured_at: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%dT%H:%M:%S", "%Y-%m-%d", "%Y-%m-%dT%H:%M:%S%z"]),
    ] = None,
) -> None:
    """Land saved feeds, WARC files and saved pages; `feedhouse run --offline` then reads them."""
    from orchestration.importing import ImportChoice, import_files
    from warehouse.landing import Landing
    from warehouse.lock import writer_lock

    places = current_places()
    registry = current_registry(places)
    moment = captured_at.replace(tzinfo=captured_at.tzinfo or UTC) if captured_at else None
    choice = ImportChoice(
        feed_id=feed, format=_format(form), timezone=_zone(timezone), captured_at=moment
    )
    with writer_lock(places.data, "import"):
        outcomes = import_files(Landing(places.landing), registry, paths, choice)
    for outcome in outcomes:
        note = f" ({outcome.note})" if outcome.note else ""
        if outcome.status == "failed" and outcome.feed_id:
            say(f"{outcome.path}: {_archive_text(outcome)}; {outcome.note}")
        elif outcome.status == "failed":
            say(f"{outcome.path}: not imported: {outcome.note}")
        elif outcome.document_count:
            say(f"{outcome.path}: {_archive_text(outcome)}{note}")
        elif outcome.status == "known":
            say(f"{outcome.path}: these bytes are landed already for {outcome.feed_id}")
        else:
            say(
                f"{outcome.path}: landed for {outcome.feed_id}, {outcome.entry_count} entries{note}"
            )
    untold = sum(not outcome.is_time_told for outcome in outcomes)
    if untold:
        say(
            f"Time of capture not told for {untold} of {len(outcomes)}: the feed counts as watched"
            " up to the newest entry only. If you know the time, tell it with --captured-at"
        )
    landed = sum(outcome.document_count or outcome.status == "landed" for outcome in outcomes)
    if landed:
        say(f"{landed} landed. Read them with: feedhouse run --offline")
    if any(outcome.status == "failed" for outcome in outcomes):
        raise typer.Exit(1)


def _archive_text(outcome: "ImportOutcome") -> str:
    return (
        f"{outcome.document_count} responses landed for {outcome.feed_id},"
        f" {outcome.passed_over} not of this publication"
    )


def _format(form: str) -> str | None:
    from transforms.captures import CAPTURE_FORMATS

    if form not in ("auto", "feed", *CAPTURE_FORMATS):
        raise typer.BadParameter(f"{form!r} is no format: auto, feed, {', '.join(CAPTURE_FORMATS)}")
    return None if form == "auto" else form


def _zone(timezone: str | None) -> str | None:
    from transforms.captures import read_zone

    if timezone is None:
        return None
    try:
        read_zone(timezone)
    except ValueError as error:
        raise typer.BadParameter(str(error)) from None
    return timezone
