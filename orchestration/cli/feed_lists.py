"""`feedhouse feeds import` and `export`: lists of feeds in OPML."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from orchestration.cli.failures import CommandError
from orchestration.cli.output import say
from orchestration.cli.registry_file import editable_registry
from orchestration.cli.settings import current_places, current_registry


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command("import")(import_list)
    app.command("export")(export_list)


def import_list(
    path: Annotated[Path, typer.Argument(help="An OPML file; `-` reads standard input.")],
) -> None:
    """Add the feeds of an OPML file; those already followed are told and left alone."""
    from orchestration.registry.opml import OpmlError, import_opml, read_opml

    content = _content(path)
    try:
        read_opml(content)  # what is no list makes no registry either
    except OpmlError as error:
        raise CommandError(f"{path}: {error}") from None
    registry = editable_registry(current_places())
    result = import_opml(registry, content)
    for url, feed_id in result.duplicates:
        say(f"there already as {feed_id}: {url}")
    for url, why in result.rejected:
        say(f"not added: {url or '(no address)'}: {why}")
    say(
        f"{len(result.added)} feeds added to {registry}, {len(result.duplicates)} there already,"
        f" {len(result.rejected)} not added."
    )
    if result.rejected:
        raise typer.Exit(1)


def export_list() -> None:
    """Print the registry as OPML."""
    from orchestration.registry.opml import export_opml

    sys.stdout.write(export_opml(current_registry(current_places())).decode())


def _content(path: Path) -> bytes:
    if str(path) == "-":
        return sys.stdin.buffer.read()
    try:
        return path.read_bytes()
    except OSError as error:
        raise CommandError(f"{path} cannot be read ({error.strerror}); check the path") from None
