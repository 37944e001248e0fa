"""`feedhouse feeds`: which feeds are followed."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from orchestration.cli.asking import AsCsv, AsJson, show
from orchestration.cli.failures import CommandError
from orchestration.cli.output import say
from orchestration.cli.settings import check_feed_ids, current_places, current_registry
from orchestration.places import Places

app = typer.Typer(help="Which feeds are followed.", no_args_is_help=True)

NEWEST_SHOWN = 3


def _now() -> datetime:
    return datetime.now(UTC)


def _editable(places: Places) -> Path:
    """Return the registry to edit; without one of the user's own, a copy of the package's."""
    from orchestration.registry import create_registry

    path = places.own_feeds
    if not path.exists():
        create_registry(path)
        say(f"{path} is now your own list of feeds, begun with the packaged one.")
    return path


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


@app.command("add")
def add(
    url: Annotated[str, typer.Argument(help="Address of a feed, or of a page that has one.")],
    feed_id: Annotated[str | None, typer.Option("--id", help="Id; made of the title.")] = None,
    timezone: Annotated[str, typer.Option(help="Zone of the publisher.")] = "UTC",
    *,
    allow_private: Annotated[
        bool, typer.Option("--allow-private", help="Let it be on a private network.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Write without asking.")] = False,
) -> None:
    """Find a site's feed, show its newest items, and follow it."""
    from orchestration.fetch import FetchSettings, discover_feeds
    from orchestration.registry import FeedEntry, add_feeds, unused_id

    places = current_places()
    found = discover_feeds(url, FetchSettings(), allow_private=allow_private)[0]
    say(f"{found.title or '(no title)'}: {found.url}, {found.entry_count} entries")
    for entry in found.newest[:NEWEST_SHOWN]:
        say(f"  {entry.title or '(no title)'}")
    if not yes and not typer.confirm("Follow it?", default=True):
        return
    taken = [feed.id for feed in current_registry(places).feeds]
    entry_id = feed_id or unused_id(found.title, found.url, taken)
    entry = FeedEntry(id=entry_id, url=found.url, timezone=timezone, allow_private=allow_private)
    add_feeds(path := _editable(places), [entry])
    say(f"{entry_id} is followed now ({path}). Fetch it: feedhouse run --feed {entry_id}")


@app.command("remove")
def remove(feed_id: Annotated[str, typer.Argument(help="Id of the feed.")]) -> None:
    """Stop following a feed; what was landed and read of it stays."""
    from orchestration.registry import remove_feed

    places = current_places()
    check_feed_ids(current_registry(places), [feed_id])
    path = _editable(places)
    remove_feed(path, feed_id)
    say(f"{feed_id} is no longer in {path}; its articles stay.")


@app.command("check")
def check(feed_id: Annotated[str, typer.Argument(help="Id of the feed.")]) -> None:
    """Ask a feed once and say what a run would do; nothing is landed."""
    from orchestration.fetch import FetchSettings, check_feed
    from warehouse.landing import Landing

    places = current_places()
    registry = current_registry(places)
    check_feed_ids(registry, [feed_id])
    feed = registry.feed(feed_id)
    if feed is None or feed.url is None:
        raise CommandError(f"{feed_id} has no url in {registry.path}: it is only imported")
    result = check_feed(feed, Landing(places.landing), FetchSettings(), _now)
    say(f"{feed_id}: {result.summary}")
    if not result.is_success:
        raise typer.Exit(1)


@app.command("import")
def import_list(path: Annotated[Path, typer.Argument(help="An OPML file.")]) -> None:
    """Add the feeds of an OPML file; those already followed are told and left alone."""
    from orchestration.registry import import_opml

    result = import_opml(_editable(current_places()), path.read_bytes())
    for url, feed_id in result.duplicates:
        say(f"already followed as {feed_id}: {url}")
    for url, why in result.rejected:
        say(f"not added: {url}: {why}")
    say(f"{len(result.added)} added, {len(result.duplicates)} there already.")
    if result.rejected:
        raise typer.Exit(1)


@app.command("export")
def export_list() -> None:
    """Print the registry as OPML."""
    from orchestration.registry import export_opml

    say(export_opml(current_registry(current_places())).decode())
