"""The `feedhouse` command run in this process, for tests of what it prints and how it ends."""

import contextlib
import io
import sys
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import pytest

from orchestration.cli import main


class Result(NamedTuple):
    """What a command printed and how it ended."""

    status: int
    out: str
    err: str


def run_command(environment: Mapping[str, str], *arguments: str, stdin: str = "") -> Result:
    """Run the command under an environment; return what came of it."""
    out, err = io.StringIO(), io.StringIO()
    with (
        pytest.MonkeyPatch.context() as patch,
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
    ):
        for name, text in environment.items():
            patch.setenv(name, text)
        patch.setattr(sys, "argv", ["feedhouse", *arguments])
        patch.setattr(sys, "stdin", io.StringIO(stdin))
        try:
            main()
            status = 0
        except SystemExit as ended:
            status = ended.code if isinstance(ended.code, int) else int(ended.code is not None)
    return Result(status, out.getvalue(), err.getvalue())


class FeedCommand:
    """The command with a data directory of its own, run in this process."""

    def __init__(self, folder: Path) -> None:
        self.data = folder / "data"
        self.feeds = folder / "my-feeds.toml"
        self.environment = {"FEEDHOUSE_DATA": str(self.data), "FEEDHOUSE_FEEDS": str(self.feeds)}

    def __call__(self, *arguments: str, answer: str = "") -> Result:
        result = run_command(self.environment, *arguments, stdin=answer)
        return result._replace(err=" ".join(result.err.replace("│", " ").split()))

    def entries(self) -> dict[str, dict[str, object]]:
        return {feed["id"]: feed for feed in tomllib.loads(self.feeds.read_text())["feed"]}
