"""The `feedhouse` command. Commands import what they need when they run: `sql` starts fast."""

import gc
import sys

import typer

from orchestration.cli import (
    asking,
    demo,
    evaluating,
    feeds,
    files,
    history,
    looking,
    reporting,
    running,
    ui,
)
from orchestration.cli.failures import CommandError, explained

_COLLECTED_OBJECTS = 20_000
"""New objects between two looks for garbage: what is imported is none, and costs time each time."""

app = typer.Typer(
    name="feedhouse",
    help="Feeds to facts: who sponsors whom, what is written about, how regularly.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
for module in (demo, running, files, history, asking, evaluating, reporting, looking, ui):
    module.register(app)
app.add_typer(feeds.app, name="feeds")


def main() -> None:
    """Run the command; a failure is one line on stderr and exit status 1, misuse is 2."""
    gc.set_threshold(_COLLECTED_OBJECTS)
    try:
        with explained():
            app()
    except CommandError as failure:
        sys.stderr.write(f"feedhouse: {failure}\n")
        raise SystemExit(1) from None
