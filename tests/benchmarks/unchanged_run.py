"""How long a run takes that finds nothing new, and how long the definitions take to load.

    python tests/benchmarks/unchanged_run.py DATA [REPEATS]

DATA is a data directory with a warehouse, as `feedhouse demo` makes (its folder `demo`). Prints
wall-clock and processor seconds from the start of the process to its end, the least of some
repeats: other work on the machine only ever adds. With compiled bytecode, which the first call
writes, and without.
"""

import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

OFFLINE = "ops:\n  raw__landing:\n    config:\n      is_offline: true\n"
JOB = ("-m", "dagster", "job", "execute", "-m", "orchestration.definitions", "-j", "refresh", "-c")
LIMITS = {"definitions load": 2.0, "feedhouse run --offline": 5.0, "the scheduled job": 5.0}
"""Seconds that each may take with bytecode on two quiet cores."""


def main() -> None:
    """Print the seconds of each command beside its limit."""
    data, repeats = Path(sys.argv[1]).absolute(), int((*sys.argv[2:], 5)[0])
    with tempfile.TemporaryDirectory() as folder:
        config = Path(folder) / "offline.yaml"
        config.write_text(OFFLINE)
        commands = {
            "definitions load": ("-c", "import orchestration.definitions"),
            "feedhouse run --offline": ("-m", "orchestration", "run", "--offline"),
            "the scheduled job": (*JOB, str(config)),
        }
        own = {"FEEDHOUSE_DATA": str(data), "DAGSTER_HOME": str(data / "dagster")}
        for bytecode in ("with", "without"):
            sys.stdout.write(f"{bytecode} bytecode\n")
            environment = _environment(Path(folder) / bytecode, is_written=bytecode == "with") | own
            for name, command in commands.items():
                seconds = [_seconds(command, environment) for _ in range(repeats)]
                wall, processor = (min(column) for column in zip(*seconds, strict=True))
                limit = f"(of {LIMITS[name]})" if bytecode == "with" else ""
                sys.stdout.write(f"  {name:24} {wall:5.2f} s  {processor:5.2f} s cpu  {limit}\n")


def _environment(cache: Path, *, is_written: bool) -> dict[str, str]:
    """Return this process's environment with a place for bytecode of its own, empty at first."""
    kept = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    return (
        kept
        | {"PYTHONPYCACHEPREFIX": str(cache)}
        | ({} if is_written else {"PYTHONDONTWRITEBYTECODE": "1"})
    )


def _seconds(command: tuple[str, ...], environment: dict[str, str]) -> tuple[float, float]:
    """Return wall-clock and processor seconds of a Python process."""
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    subprocess.run(
        [sys.executable, *command],
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        check=True,
    )
    wall, after = time.monotonic() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
    return wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


if __name__ == "__main__":
    main()
