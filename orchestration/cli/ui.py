"""`feedhouse dev`: the Dagster UI on the same definitions that `run` runs."""

import os
import sys
from typing import Annotated

import typer

from orchestration.cli.servers import HOST, free_port, serve
from orchestration.cli.settings import current_places, current_registry
from orchestration.places import DATA_VARIABLE, FEEDS_VARIABLE, Places

FIRST_PORT = 3000


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command("dev")(dev)


def dev(
    port: Annotated[int | None, typer.Option(help="Port; the first free one from 3000.")] = None,
) -> None:
    """Open the Dagster UI: lineage, runs, checks, schedules. Ctrl-C stops it."""
    from orchestration.dagster_home import prepare_home

    places = current_places()
    current_registry(places)
    home = prepare_home(places.dagster_home)
    chosen = free_port(port, FIRST_PORT)
    serve(
        "Dagster UI",
        [sys.executable, "-m", "dagster", "dev", "-m", "orchestration.definitions",
         "-h", HOST, "-p", str(chosen), "--log-level", "warning"],
        port=chosen,
        environment=_environment(places, str(home)),
        folder=home,
    )  # fmt: skip


def _environment(places: Places, home: str) -> dict[str, str]:
    own = {"DAGSTER_HOME": home, DATA_VARIABLE: str(places.data)}
    if os.environ.get(FEEDS_VARIABLE):  # else the first `feeds add` changes which file counts
        own[FEEDS_VARIABLE] = str(places.feeds.absolute())
    # `dagster dev` says of itself that `dg dev` is newer; that needs a package users lack.
    own["PYTHONWARNINGS"] = "ignore:Function `dev_command` is superseded"
    return {**os.environ, **own, "DAGSTER_DISABLE_TELEMETRY": "yes"}
