"""`feedhouse dev`: the Dagster UI on the same definitions that `run` runs."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread
from types import FrameType
from typing import Annotated

import typer

from orchestration.cli.failures import CommandError
from orchestration.cli.output import say
from orchestration.cli.settings import current_places, current_registry
from orchestration.places import DATA_VARIABLE, FEEDS_VARIABLE, Places

HOST = "127.0.0.1"
# The web server loads the definitions in a process of its own before it answers.
START_SECONDS = 90
STOP_SECONDS = 15


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
    server = subprocess.Popen(  # noqa: S603 our own interpreter and module
        [sys.executable, "-m", "dagster", "dev", "-m", "orchestration.definitions",
         "-h", HOST, "-p", str(chosen), "--log-level", "warning"],
        env=_environment(places, str(home)),
        cwd=home,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )  # fmt: skip
    with _stopped_by_signals(server), _relayed_errors(server):
        _wait_until_up(server, chosen)
        say(f"Dagster UI: http://{HOST}:{chosen}  (Ctrl-C stops it)")
        sys.stdout.flush()
        server.wait()


def _environment(places: Places, home: str) -> dict[str, str]:
    own = {"DAGSTER_HOME": home, DATA_VARIABLE: str(places.data)}
    if os.environ.get(FEEDS_VARIABLE):  # else the first `feeds add` changes which file counts
        own[FEEDS_VARIABLE] = str(places.feeds.absolute())
    # `dagster dev` says of itself that `dg dev` is newer; that needs a package users lack.
    own["PYTHONWARNINGS"] = "ignore:Function `dev_command` is superseded"
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


def _wait_until_up(server: subprocess.Popen[bytes], port: int) -> None:
    for _ in range(START_SECONDS * 5):
        if server.poll() is not None:
            raise CommandError("the Dagster UI did not start; its messages stand above")
        with socket.socket() as probe:
            if probe.connect_ex((HOST, port)) == 0:
                return
        time.sleep(0.2)
    raise CommandError(f"the Dagster UI did not answer within {START_SECONDS} s")


@contextmanager
def _relayed_errors(server: subprocess.Popen[bytes]) -> Iterator[None]:
    """Pass on what the server complains of until it is stopped: then every open page does."""
    is_stopping = Event()

    def relay() -> None:
        for line in server.stderr or ():
            if not is_stopping.is_set():
                sys.stderr.buffer.write(line)
                sys.stderr.flush()

    Thread(target=relay, daemon=True).start()
    try:
        yield
    finally:
        is_stopping.set()


class _stopped_by_signals:  # noqa: N801 reads as the context it is
    """Stops the server with all its children on Ctrl-C, SIGTERM or an error of ours."""

    def __init__(self, server: subprocess.Popen[bytes]) -> None:
        self._server = server

    def __enter__(self) -> None:
        signal.signal(signal.SIGTERM, self._interrupt)

    def __exit__(self, kind: type[BaseException] | None, *_rest: object) -> bool:
        _stop(self._server)
        if kind is KeyboardInterrupt:
            say("stopped")
        return kind is KeyboardInterrupt

    @staticmethod
    def _interrupt(_signal: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt


def _stop(server: subprocess.Popen[bytes]) -> None:
    """Ask the process group to end, as its own Ctrl-C would; kill what does not."""
    for how in (signal.SIGINT, signal.SIGTERM, signal.SIGKILL):
        try:
            os.killpg(server.pid, how)
            server.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            continue
        except ProcessLookupError:
            pass
        break
