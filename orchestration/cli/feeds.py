"""`feedhouse feeds`: which feeds are followed."""

import os
from dataclasses import asdict, replace
from datetime import UTC, datetime
from typing import Annotated

import typer

from orchestration.cli import feed_lists
from orchestration.cli.asking import AsCsv, AsJson, show
from orchestration.cli.failures import CommandError
from orchestration.cli.feed_values import read_changes, refuse_bad_values, text_of
from orchestration.cli.output import say
from orchestration.cli.registry_file import editable_registry, readable_registry
from orchestration.cli.settings import check_feed_ids, current_places, current_registry
from orchestration.registry import FeedEntry, Registry, unused_id, url_key

app = typer.Typer(help="Which feeds are followed.", no_args_is_help=True)
feed_lists.register(app)

NEWEST_SHOWN = 3


def _now() -> datetime:
    return datetime.now(UTC)


@app.command("list")
def list_feeds(*, csv: AsCsv = False, json: AsJson = False) -> None:
    """List the feeds of the registry."""
    registry = current_registry(current_places())
    if json:
        columns = [
            "id",
            "is_followed",
            *(name for name in asdict(FeedEntry(id="")) if name != "id"),
        ]
        entries = [asdict(feed) | {"is_followed": _is_followed(feed)} for feed in registry.feeds]
        rows = [[entry[name] for name in columns] for entry in entries]
    else:
        columns = ["id", "followed", "timezone", "tags", "url"]
        rows = [
            [f.id, "yes" if _is_followed(f) else "no", f.timezone, list(f.tags), f.url]
            for f in registry.feeds
        ]
    show(columns, rows, is_csv=csv, is_json=json)
    if not (csv or json):
        say(f"{len(registry.followed)} of {len(registry.feeds)} are followed ({registry.path})")


@app.command("add")
def add(
    url: Annotated[str, typer.Argument(help="Address of a feed, or of a page that has one.")],
    feed_id: Annotated[str | None, typer.Option("--id", help="Id; made of the title.")] = None,
    timezone: Annotated[str, typer.Option(help="Zone of the publisher.")] = "UTC",
    profile: Annotated[str | None, typer.Option(help="Rules for this publication.")] = None,
    tag: Annotated[list[str] | None, typer.Option(help="A label; may be repeated.")] = None,
    *,
    allow_private: Annotated[
        bool, typer.Option("--allow-private", help="Let it be on a private network.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Write without asking.")] = False,
) -> None:
    """Find a site's feed, show its newest items, and follow it."""
    from orchestration.registry.editing import add_feeds

    wanted = FeedEntry(
        id=feed_id or "not-known-yet",
        timezone=timezone,
        profile=profile,
        tags=tuple(tag or ()),
        allow_private=allow_private,
    )
    refuse_bad_values(wanted)
    places = current_places()
    registry = readable_registry(places)
    if feed_id:
        _refuse_taken_id(registry, feed_id)
    title, found_url = _discover(url, registry, allow_private=allow_private)
    if not yes and not _agreed():
        say("Nothing was written.")
        return
    taken = [feed.id for feed in registry.feeds]
    # No title is written: what the feed says of itself would not follow its changes there.
    entry = replace(wanted, id=feed_id or unused_id(title, found_url, taken), url=found_url)
    path = editable_registry(places)
    add_feeds(path, [entry])
    say(f"{entry.id} is followed now ({path}). Fetch it: feedhouse run --feed {entry.id}")


@app.command("set")
def set_values(
    feed_id: Annotated[str, typer.Argument(help="Id of the feed.")],
    changes: Annotated[
        list[str], typer.Argument(help="key=value; key= takes the key out; tags=one,two.")
    ],
) -> None:
    """Change what the registry says of a feed; comments in the file stay."""
    from orchestration.registry.editing import change_feed

    places = current_places()
    registry = current_registry(places)
    check_feed_ids(registry, [feed_id])
    held = registry.feed(feed_id)
    assert held is not None
    wanted = read_changes(held, changes)
    path = editable_registry(places)
    changed = change_feed(path, feed_id, wanted).feed(feed_id)
    for key in wanted:
        old, new = (text_of(getattr(entry, key)) for entry in (held, changed))
        say(f"{feed_id}: {key} {old} -> {new}" if old != new else f"{feed_id}: {key} is {new}")
    say(f"Written to {path}.")


@app.command("remove")
def remove(feed_id: Annotated[str, typer.Argument(help="Id of the feed.")]) -> None:
    """Stop following a feed; what was landed and read of it stays."""
    from orchestration.registry.editing import remove_feed

    places = current_places()
    check_feed_ids(current_registry(places), [feed_id])
    path = editable_registry(places)
    remove_feed(path, feed_id)
    say(f"{feed_id} is no longer in {path}; its articles stay.")


@app.command("check")
def check(
    feed_ids: Annotated[list[str], typer.Argument(help="Ids of feeds.")],
    *,
    json: AsJson = False,
) -> None:
    """Ask feeds once and say what a run would do; nothing is landed."""
    from orchestration.cli.feed_checks import as_row, check_feeds, print_check
    from orchestration.fetch.settings import settings_from

    places = current_places()
    registry = current_registry(places)
    check_feed_ids(registry, feed_ids)
    feeds = [feed for feed in registry.feeds if feed.id in feed_ids]
    for feed in feeds:
        if feed.url is None:
            raise CommandError(f"{feed.id} has no url in {registry.path}: it is only imported")
    checks = []
    for each in check_feeds(feeds, places.landing, settings_from(os.environ), _now):
        checks.append(each)
        if not json:
            print_check(each)
    if json:
        rows = [as_row(each) for each in checks]
        show(list(rows[0]), [list(row.values()) for row in rows], is_csv=False, is_json=True)
    if not all(each.is_success for each in checks):
        raise typer.Exit(1)


def _is_followed(feed: FeedEntry) -> bool:
    return feed.is_active and feed.url is not None


def _refuse_taken_id(registry: Registry, feed_id: str) -> None:
    held = registry.feed(feed_id)
    if held:
        raise CommandError(
            f"the id {feed_id!r} is taken by {held.url or 'an imported feed'}. Choose another,"
            f" or change that feed: feedhouse feeds set {feed_id} url={held.url or '...'}"
        )


def _discover(url: str, registry: Registry, *, allow_private: bool) -> tuple[str | None, str]:
    """Show what an address has; return title and address of its best feed."""
    from orchestration.fetch.discovery import discover_feeds
    from orchestration.fetch.settings import settings_from

    found = discover_feeds(url, settings_from(os.environ), allow_private=allow_private)
    best, *others = found
    held = {url_key(feed.url): feed.id for feed in registry.feeds if feed.url}
    if url_key(best.url) in held:
        feed_id = held[url_key(best.url)]
        raise CommandError(f"{best.url} is followed already, as {feed_id!r} ({registry.path})")
    entries = "1 entry" if best.entry_count == 1 else f"{best.entry_count} entries"
    say(f"{best.title or '(no title)'}: {best.url}, {entries}")
    for entry in best.newest[:NEWEST_SHOWN]:
        day = f"{entry.published_at:%Y-%m-%d}" if entry.published_at else "no date   "
        say(f"  {day}  {entry.title or '(no title)'}")
    for other in others:
        say(f"Also there: {other.title or '(no title)'}: {other.url}")
    return best.title, best.url


def _agreed() -> bool:
    try:
        return typer.confirm("Follow it?", default=True)
    except typer.Abort:
        raise CommandError(
            "nothing was written, for nobody answered; --yes follows it without asking"
        ) from None
