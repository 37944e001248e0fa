"""`feedhouse dev`: the Dagster UI on the same definitions that `run` runs."""

import os
import signal
import socket
import sys
from typing import Annotated

import typer

from orchestration.cli.failures import CommandError
from orchestration.cli.output import say
from orchestration.cli.servers import HOST, Servers
from orchestration.cli.settings import current_places, current_registry
from orchestration.places import DATA_VARIABLE, FEEDS_VARIABLE, Places


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
    chosen = _free_port(port)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    # Shells have it ignored, here and in all children, in what they start with `&`.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    servers = Servers(home, chosen, _environment(places, str(home)))
    try:
        with servers:
            say(f"Dagster UI: http://{HOST}:{chosen}  (Ctrl-C stops it)")
            sys.stdout.flush()
            servers.watch()
    except KeyboardInterrupt:
        say("stopped")


def _environment(places: Places, home: str) -> dict[str, str]:
    own = {"DAGSTER_HOME": home, DATA_VARIABLE: str(places.data)}
    if os.environ.get(FEEDS_VARIABLE):  # else the first `feeds add` changes which file counts
        own[FEEDS_VARIABLE] = str(places.feeds.absolute())
    return {**os.environ, **own, "DAGSTER_DISABLE_TELEMETRY": "yes"}


def _free_port(asked: int | None) -> int:
    for port in [asked] if asked else range(3000, 3100):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((HOST, port))
            except OSError:
                continue
            return port
    raise CommandError(f"port {asked or '3000 to 3099'} is taken; name another with --port")
