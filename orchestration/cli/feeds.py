"""`feedhouse feeds`: which feeds are followed."""

from pathlib import Path
from typing import Annotated

import typer

from orchestration.cli.asking import AsCsv, AsJson, show
from orchestration.cli.output import say
from orchestration.cli.settings import current_places, current_registry

app = typer.Typer(help="Which feeds are followed.", no_args_is_help=True)


@app.command("list")
def list_feeds(*, csv: AsCsv = False, json: AsJson = False) -> None:
    """List the feeds of the registry."""
    registry = current_registry(current_places())
    columns = ["id", "url", "timezone", "profile", "tags", "followed"]
    rows = [
        [f.id, f.url, f.timezone, f.profile, list(f.tags), "yes" if f.is_active and f.url else "no"]
        for f in registry.feeds
    ]
    show(columns, rows, is_csv=csv, is_json=json)


@app.command("remove")
def remove(feed_id: Annotated[str, typer.Argument(help="Id of the feed.")]) -> None:
    """Stop following a feed; what was landed and read of it stays."""
    from orchestration.registry import remove_feed

    places = current_places()
    remove_feed(places.feeds, feed_id)
    say(f"{feed_id} is no longer in {places.feeds}; its articles stay.")


@app.command("import")
def import_list(path: Annotated[Path, typer.Argument(help="An OPML file.")]) -> None:
    """Add the feeds of an OPML file; those already followed are told and left alone."""
    from orchestration.registry import import_opml

    result = import_opml(current_places().feeds, path.read_bytes())
    say(f"{len(result.added)} feeds added, {len(result.duplicates)} already there.")


@app.command("export")
def export_list() -> None:
    """Print the registry as OPML."""
    from orchestration.registry import export_opml

    say(export_opml(current_registry(current_places())).decode())
