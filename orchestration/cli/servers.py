"""The processes of the UI: a code server, and the web server and daemon that share it.

`dagster dev` starts the same three and stays with them as a process of 100 MB that only looks
after the others; `feedhouse dev`, which is there anyway, does that itself.
"""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event, Thread
from typing import Self

from orchestration.cli.failures import CommandError

HOST = "127.0.0.1"
LOCATION = "orchestration.definitions"
"""Module with the definitions, and name of the code location in the UI."""
CODE_SERVER = "code server"
START_SECONDS = 90
"""The code server loads the definitions, then the web server its pages, on a busy machine."""
STOP_SECONDS = 15
_LOOK_SECONDS = 0.2


class Servers:
    """The three processes in a process group of their own; leaving the context stops them all."""

    def __init__(self, home: Path, port: int, environment: Mapping[str, str]) -> None:
        self._home = home
        self._port = port
        self._environment = environment
        self._running: dict[str, subprocess.Popen[bytes]] = {}
        self._is_stopping = Event()
        self._words, self._words_end = os.pipe()

    def __enter__(self) -> Self:
        """Start them and wait until the UI answers; raises CommandError when it does not."""
        Thread(target=self._relay, daemon=True).start()
        self._folder = TemporaryDirectory(prefix="feedhouse-")
        try:
            self._start(Path(self._folder.name))
        except BaseException:
            self._stop()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self._stop()

    def watch(self) -> None:
        """Wait until one of them ends, which none should: raises CommandError that names it."""
        while not self._ended():
            time.sleep(1.0)
        raise CommandError(f"the {self._ended()} of the Dagster UI ended by itself")

    def _start(self, folder: Path) -> None:
        code, workspace = folder / "code.sock", folder / "workspace.yaml"
        server = {"location_name": LOCATION, "socket": str(code)}
        # JSON is YAML too.
        workspace.write_text(json.dumps({"load_from": [{"grpc_server": server}]}))
        quiet = ("--log-level", "warning")
        self._run(
            CODE_SERVER,
            ["dagster", "code-server", "start", "-m", LOCATION, "--location-name", LOCATION,
             "--socket", str(code), *quiet],
        )  # fmt: skip
        self._wait(lambda: _answers(socket.AF_UNIX, str(code)))
        self._run(
            "web server",
            ["dagster_webserver", "-w", str(workspace), "-h", HOST, "-p", str(self._port),
             "--dagster-log-level", "warning"],
        )  # fmt: skip
        self._run("daemon", ["dagster._daemon", "run", "-w", str(workspace), *quiet])
        self._wait(lambda: _answers(socket.AF_INET, (HOST, self._port)))

    def _run(self, name: str, arguments: Sequence[str]) -> None:
        group = next((each.pid for each in self._running.values()), 0)
        self._running[name] = subprocess.Popen(  # noqa: S603 our own interpreter and modules
            [sys.executable, "-m", *arguments],
            env=self._environment,
            cwd=self._home,
            stdout=self._words_end,
            stderr=self._words_end,
            process_group=group,
        )

    def _wait(self, is_up: Callable[[], bool]) -> None:
        deadline = time.monotonic() + START_SECONDS
        while not is_up():
            if self._ended():
                raise CommandError(
                    f"the {self._ended()} of the Dagster UI did not start; its messages stand above"
                )
            if time.monotonic() > deadline:
                raise CommandError(f"the Dagster UI did not answer within {START_SECONDS} s")
            time.sleep(_LOOK_SECONDS)

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
        """Ask all to end, those who use the code server before it; kill what does not."""
        self._is_stopping.set()
        os.close(self._words_end)
        users = [each for name, each in self._running.items() if name != CODE_SERVER]
        for process in users:
            process.send_signal(signal.SIGINT)
        for process in users:
            with suppress(subprocess.TimeoutExpired):
                process.wait(STOP_SECONDS)
        for how in (signal.SIGINT, signal.SIGTERM, signal.SIGKILL):
            if self._is_gone_after(how):
                break
        self._folder.cleanup()

    def _is_gone_after(self, how: signal.Signals) -> bool:
        """Signal the group, the runs of the code server with it; return whether all of it ended."""
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


def _answers(family: socket.AddressFamily, address: str | tuple[str, int]) -> bool:
    with socket.socket(family) as probe:
        return probe.connect_ex(address) == 0
