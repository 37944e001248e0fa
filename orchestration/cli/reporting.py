"""`feedhouse status` and `feedhouse doctor`."""

from datetime import UTC, datetime

import typer

from orchestration.cli.asking import AsCsv, AsJson, show
from orchestration.cli.output import say
from orchestration.cli.settings import current_places, current_registry, opened_warehouse


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command("status")(status)
    app.command("doctor")(doctor)


def status(*, csv: AsCsv = False, json: AsJson = False) -> None:
    """Show each feed's health, coverage, and when and why it is asked next."""
    from orchestration.fetch import FetchSettings, plan_feeds
    from warehouse.landing import Landing
    from warehouse.queries import find_queries, run_query

    places = current_places()
    registry = current_registry(places)
    with opened_warehouse(places) as connection:
        columns, rows = run_query(connection, find_queries()["feed_health"], {})
    now = datetime.now(UTC)
    plans = plan_feeds(registry.feeds, Landing(places.landing), FetchSettings(), now)
    due = {plan.feed_id: (plan.due_at or "now", plan.due_reason) for plan in plans}
    feed_place = columns.index("feed")
    known = [[*row, *due.get(row[feed_place], ("never", "only imported"))] for row in rows]
    show([*columns, "due", "because"], known, is_csv=csv, is_json=json)


def doctor() -> None:
    """Check this machine and the data directory; exit 1 when something needs a cure."""
    from orchestration.checkup import check_up

    findings = check_up(current_places())
    for finding in findings:
        say(f"{'ok  ' if finding.is_good else 'FAIL'}  {finding.what}: {finding.detail}")
    if not all(finding.is_good for finding in findings):
        raise typer.Exit(1)
