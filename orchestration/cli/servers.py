"""Servers that a command starts on loopback and holds until it is told to stop."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from threading import Event, Thread
from typing import Self

from orchestration.cli.failures import CommandError
from orchestration.cli.output import say

HOST = "127.0.0.1"
START_SECONDS = 90
"""Dagster's code server loads the definitions, then its web server the pages, on a busy machine."""
STOP_SECONDS = 15
_LOOK_SECONDS = 0.2


class Servers:
    """Processes in a process group of their own; leaving the context stops them all."""

    def __init__(self, name: str, folder: Path, environment: Mapping[str, str]) -> None:
        self._name = name
        self._folder = folder
        self._environment = environment
        self._running: dict[str, subprocess.Popen[bytes]] = {}
        self._is_stopping = Event()
        self._words, self._words_end = os.pipe()

    def __enter__(self) -> Self:
        Thread(target=self._relay, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop()

    def run(self, name: str, command: Sequence[str], *, is_quiet: bool = False) -> None:
        """Start a process after those it uses; of a quiet one only complaints are passed on."""
        group = next((each.pid for each in self._running.values()), 0)
        self._running[name] = subprocess.Popen(  # noqa: S603 our own interpreter and modules
            command,
            env=self._environment,
            cwd=self._folder,
            stdout=subprocess.DEVNULL if is_quiet else self._words_end,
            stderr=self._words_end,
            process_group=group,
        )

    def wait(self, address: Path | int) -> None:
        """Wait until a socket file or port answers; raises CommandError when none does."""
        deadline = time.monotonic() + START_SECONDS
        while not _answers(address):
            if self._ended():
                raise CommandError(
                    f"the {self._ended()} of the {self._name} did not start; its messages stand"
                    " above"
                )
            if time.monotonic() > deadline:
                raise CommandError(f"the {self._name} did not answer within {START_SECONDS} s")
            time.sleep(_LOOK_SECONDS)

    def watch(self) -> None:
        """Wait until one of them ends, which none should: raises CommandError that names it."""
        while not self._ended():
            time.sleep(1.0)
        raise CommandError(f"the {self._ended()} of the {self._name} ended by itself")

    def _ended(self) -> str | None:
        """Return the name of a process that is no more."""
        return next((n for n, each in self._running.items() if each.poll() is not None), None)

    def _relay(self) -> None:
        """Pass on what they say until they are stopped: then every open page complains."""
        with os.fdopen(self._words, "rb") as words:
            for line in words:
                if not self._is_stopping.is_set():
                    sys.stderr.buffer.write(line)
                    sys.stderr.flush()

    def _stop(self) -> None:
        """Ask all to end, those who use the first one before it; kill what does not."""
        self._is_stopping.set()
        os.close(self._words_end)
        users = list(self._running.values())[1:]
        for process in users:
            process.send_signal(signal.SIGINT)
        for process in users:
            with suppress(subprocess.TimeoutExpired):
                process.wait(STOP_SECONDS)
        for how in (signal.SIGINT, signal.SIGTERM, signal.SIGKILL):
            if self._is_gone_after(how):
                break

    def _is_gone_after(self, how: signal.Signals) -> bool:
        """Signal the group, what its processes started with it; return whether all of it ended."""
        group = next((each.pid for each in self._running.values()), None)
        if group is None:
            return True
        deadline = time.monotonic() + STOP_SECONDS
        try:
            os.killpg(group, how)
            while time.monotonic() < deadline:
                time.sleep(_LOOK_SECONDS)
                for process in self._running.values():
                    process.poll()
                os.killpg(group, 0)
        except ProcessLookupError:
            return True
        return False


def serve(
    name: str,
    *,
    port: int,
    folder: Path,
    environment: Mapping[str, str],
    start: Callable[[Servers], None],
) -> None:
    """Start servers in `folder`, say the address, and hold them until Ctrl-C or SIGTERM.

    `start` runs them and waits until they answer. Raises CommandError when one of them does not
    start or ends by itself.
    """
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    # Shells have it ignored, here and in all children, in what they start with `&`.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        with Servers(name, folder, environment) as servers:
            start(servers)
            say(f"{name}: http://{HOST}:{port}  (Ctrl-C stops it)")
            sys.stdout.flush()
            servers.watch()
    except KeyboardInterrupt:
        say("stopped")


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


def _answers(address: Path | int) -> bool:
    is_port = isinstance(address, int)
    with socket.socket(socket.AF_INET if is_port else socket.AF_UNIX) as probe:
        return probe.connect_ex((HOST, address) if is_port else str(address)) == 0
