"""`feedhouse status` and `feedhouse doctor`."""

import os
from datetime import UTC, datetime
from typing import Annotated

import typer

from orchestration.cli.asking import AsCsv, AsJson, show
from orchestration.cli.failures import CommandError
from orchestration.cli.output import say
from orchestration.cli.settings import current_places, current_registry


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command("status")(status)
    app.command("doctor")(doctor)


def status(
    feed_ids: Annotated[list[str] | None, typer.Argument(help="Only these feeds.")] = None,
    *,
    csv: AsCsv = False,
    json: AsJson = False,
) -> None:
    """Show each feed's health, when and why it is asked next, and which months are complete."""
    from orchestration.cli.feed_status import (
        as_record,
        as_row,
        counts_text,
        feed_statuses,
        print_months,
        print_statuses,
    )
    from orchestration.fetch.outcomes import SUCCESSES
    from orchestration.fetch.settings import settings_from

    places, now = current_places(), datetime.now(UTC)
    registry = current_registry(places)
    statuses = feed_statuses(places, registry, settings_from(os.environ), now)
    unknown = set(feed_ids or ()) - {each.feed for each in statuses}
    if unknown:
        raise CommandError(
            f"unknown feed id {min(unknown)!r}: not in {registry.path} and never landed;"
            " list the known ones with: feedhouse feeds list"
        )
    shown = [each for each in statuses if not feed_ids or each.feed in feed_ids]
    if csv or json:
        records = [as_record(each) if json else as_row(each) for each in shown]
        columns = list(as_record(statuses[0])) if statuses else []
        show(columns, [list(r.values()) for r in records], is_csv=csv, is_json=json)
        return
    print_statuses(shown, now)
    print_months(shown)
    for each in shown:
        if each.reason and each.outcome not in SUCCESSES:
            say(f"{each.feed}: {each.reason}")
    say(counts_text(shown))


def doctor() -> None:
    """Check this machine and the data directory; exit 1 when something needs a cure."""
    from orchestration.checkup import check_up

    findings = check_up(current_places())
    for finding in findings:
        say(f"{'ok  ' if finding.is_good else 'FAIL'}  {finding.what}: {finding.detail}")
    if not all(finding.is_good for finding in findings):
        raise typer.Exit(1)
