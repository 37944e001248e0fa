"""Servers that a command starts on loopback and holds until it is told to stop."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread
from types import FrameType

from orchestration.cli.failures import CommandError
from orchestration.cli.output import say

HOST = "127.0.0.1"
START_SECONDS = 90
STOP_SECONDS = 15


def serve(
    name: str,
    command: Sequence[str],
    *,
    port: int,
    environment: Mapping[str, str],
    folder: Path,
    is_quiet: bool = False,
) -> None:
    """Run a server in `folder`, say its address once it answers, and wait until it ends.

    Ctrl-C and SIGTERM stop it with all its children; of a quiet one only errors are passed on.
    Raises CommandError when it does not start.
    """
    server = subprocess.Popen(  # noqa: S603 our own interpreter and module
        command,
        env=environment,
        cwd=folder,
        stdout=subprocess.DEVNULL if is_quiet else None,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    with _stopped_by_signals(server), _relayed_errors(server):
        _wait_until_up(name, server, port)
        say(f"{name}: http://{HOST}:{port}  (Ctrl-C stops it)")
        sys.stdout.flush()
        server.wait()


def free_port(asked: int | None, first: int) -> int:
    """Return the port asked for, else the first free one of a hundred from `first`."""
    for port in [asked] if asked else range(first, first + 100):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((HOST, port))
            except OSError:
                continue
            return port
    taken = asked or f"{first} to {first + 99}"
    raise CommandError(f"port {taken} is taken; name another with --port")


def _wait_until_up(name: str, server: subprocess.Popen[bytes], port: int) -> None:
    for _ in range(START_SECONDS * 5):
        if server.poll() is not None:
            raise CommandError(f"{name} did not start; its messages stand above")
        with socket.socket() as probe:
            if probe.connect_ex((HOST, port)) == 0:
                return
        time.sleep(0.2)
    raise CommandError(f"{name} did not answer within {START_SECONDS} s")


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
