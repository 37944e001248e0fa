"""`feedhouse dev`: the Dagster UI on the same definitions that `run` runs."""

import json
import os
import sys
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import typer

from orchestration.cli.servers import HOST, Servers, free_port, serve
from orchestration.cli.settings import current_places, current_registry
from orchestration.places import DATA_VARIABLE, FEEDS_VARIABLE, Places

FIRST_PORT = 3000
_FRUGAL = {"MALLOC_ARENA_MAX": "1", "MALLOC_TRIM_THRESHOLD_": "65536"}
"""Dagster's processes have a pool of threads each, and the C library keeps memory for every one."""
LOCATION = "orchestration.definitions"
"""Module with the definitions, and name of the code location in the UI."""


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command("dev")(dev)


def dev(
    port: Annotated[
        int | None, typer.Option(help=f"Port; the first free one from {FIRST_PORT}.")
    ] = None,
) -> None:
    """Open the Dagster UI: lineage, runs, checks, schedules. Ctrl-C stops it."""
    from orchestration.dagster_home import prepare_home

    places = current_places()
    current_registry(places)
    home = prepare_home(places.dagster_home)
    chosen = free_port(port, FIRST_PORT)
    with TemporaryDirectory(prefix="feedhouse-") as folder:
        serve(
            "Dagster UI",
            port=chosen,
            folder=home,
            environment=_environment(places, str(home)),
            start=partial(_start, folder=Path(folder), port=chosen),
        )


def _start(servers: Servers, *, folder: Path, port: int) -> None:
    """Start a code server, and the web server and daemon that share it.

    `dagster dev` starts the same three and stays with them as a process of 100 MB that only
    looks after the others; this command is there anyway.
    """
    code, workspace = folder / "code.sock", folder / "workspace.yaml"
    server = {"location_name": LOCATION, "socket": str(code)}
    # JSON is YAML too.
    workspace.write_text(json.dumps({"load_from": [{"grpc_server": server}]}))
    python, quiet = [sys.executable, "-m"], ["--log-level", "warning"]
    servers.run(
        "code server",
        [*python, "dagster", "code-server", "start", "-m", LOCATION, "--location-name", LOCATION,
         "--socket", str(code), *quiet],
    )  # fmt: skip
    servers.wait(code)
    servers.run(
        "web server",
        [*python, "dagster_webserver", "-w", str(workspace), "-h", HOST, "-p", str(port),
         "--dagster-log-level", "warning"],
    )  # fmt: skip
    servers.run("daemon", [*python, "dagster._daemon", "run", "-w", str(workspace), *quiet])
    servers.wait(port)


def _environment(places: Places, home: str) -> dict[str, str]:
    own = {"DAGSTER_HOME": home, DATA_VARIABLE: str(places.data)}
    if os.environ.get(FEEDS_VARIABLE):  # else the first `feeds add` changes which file counts
        own[FEEDS_VARIABLE] = str(places.feeds.absolute())
    return {**_FRUGAL, **os.environ, **own, "DAGSTER_DISABLE_TELEMETRY": "yes"}
