"""`feedhouse dashboard` and `feedhouse report`: the answers as pages."""

import os
from datetime import datetime
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated

import typer

from orchestration.cli.failures import CommandError
from orchestration.cli.output import say
from orchestration.cli.servers import HOST, Servers, free_port, serve
from orchestration.cli.settings import current_places
from orchestration.places import DATA_VARIABLE

FIRST_PORT = 8501

Day = Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], metavar="YYYY-MM-DD")]


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command("dashboard")(dashboard)
    app.command("report")(report)


def dashboard(
    port: Annotated[
        int | None, typer.Option(help=f"Port; the first free one from {FIRST_PORT}.")
    ] = None,
) -> None:
    """Open a page to look at the answers: sponsors, topics, cadence, articles. Ctrl-C stops it."""
    _require_extra()
    from warehouse.dashboard.serving import serving_command

    places = current_places()
    chosen = free_port(port, FIRST_PORT)
    places.data.mkdir(parents=True, exist_ok=True)

    def start(servers: Servers) -> None:
        servers.run("page", serving_command(HOST, chosen), is_quiet=True)
        servers.wait(chosen)

    serve(
        "Dashboard",
        port=chosen,
        folder=places.data,
        environment={**os.environ, DATA_VARIABLE: str(places.data)},
        start=start,
    )


def report(
    *,
    feed_ids: Annotated[
        list[str] | None, typer.Option("--feed", help="Only this feed; may be repeated.")
    ] = None,
    since: Day = None,
    until: Day = None,
    out: Annotated[
        Path | None, typer.Option(help="File to write; else reports/ in the data directory.")
    ] = None,
) -> None:
    """Write one HTML file with the main charts and tables, to mail or to publish.

    Without days it is the last twelve months of the data.
    """
    _require_extra()
    from warehouse.dashboard.report import make_report, write_report

    places = current_places()
    html = make_report(
        places.data,
        feeds=feed_ids or (),
        since=since.date() if since else None,
        until=until.date() if until else None,
    )
    path = out or places.reports / f"{'-'.join(feed_ids or ['all-feeds'])}.html"
    write_report(path, html)
    say(f"report: {path}")


def _require_extra() -> None:
    missing = [name for name in ("streamlit", "altair", "vl_convert") if find_spec(name) is None]
    if missing:
        raise CommandError(
            f"{missing[0]} is not installed; install the extra `dashboard`, as in:"
            " uv sync --extra dashboard, or pip install 'feedhouse[dashboard]'"
        )
