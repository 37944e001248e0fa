"""Raw: the registry of feeds and the landing, every attempt and every body."""

import time
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

import dagster as dg
from pydantic import Field

from orchestration.assets.owners import FETCHING
from orchestration.markdown import list_of, table_of
from orchestration.registry import Registry
from orchestration.resources import Clock, House, HttpSettings
from orchestration.run_record import RunRecord
from warehouse.landing import Attempt, Landing

if TYPE_CHECKING:
    from orchestration.importing import ImportOutcome

LANDING_KEY = dg.AssetKey(["raw", "landing"])
REGISTRY_KEY = dg.AssetKey(["raw", "registry"])
WRITER_POOL = "writer"
"""Pool of every step that writes to the data directory; dagster.yaml gives it one place."""

registry = dg.AssetSpec(
    key=REGISTRY_KEY,
    group_name="raw",
    owners=[FETCHING],
    kinds={"toml"},
    description="feeds.toml, the feeds that are followed: written by people, watched by the sensor"
    " `registry_changes`. One entry per feed.",
)


class FetchConfig(dg.Config):
    """What a run brings in."""

    feeds: list[str] = Field(
        default=[], description="Ids of the feeds to ask; all that are followed if empty."
    )
    is_offline: bool = Field(
        default=False, description="Fetch nothing and go on with what has landed."
    )
    is_due_only: bool = Field(
        default=True,
        description="Ask only feeds whose poll is due. A host's own word is always kept.",
    )
    is_unconditional: bool = Field(
        default=False,
        description="Ask without validators, to catch hosts that say `not modified` wrongly.",
    )
    files: list[str] = Field(
        default=[],
        description="Saved feeds to land first, each one capture in time. A file in a folder named"
        " like a feed belongs to that feed.",
    )


@dg.asset(
    key=LANDING_KEY,
    deps=[REGISTRY_KEY],
    group_name="raw",
    owners=[FETCHING],
    kinds={"python"},
    pool=WRITER_POOL,
)
def landing(
    context: dg.AssetExecutionContext,
    config: FetchConfig,
    house: House,
    http: HttpSettings,
    clock: Clock,
    record: dg.ResourceParam[RunRecord],
) -> dg.MaterializeResult[None]:
    """Every attempt to fetch a feed and every new body, verbatim: one line per attempt."""
    began = time.monotonic()
    _notice(house.registry(), context)
    imported: list[ImportOutcome] = []
    if config.files or not config.is_offline:
        with house.writing("fetch", context.retry_number):
            imported = _import(config.files, house)
            if not config.is_offline:
                record.attempts = _fetch(config, house, http, clock, record)
    return dg.MaterializeResult(
        metadata={
            "path": dg.MetadataValue.path(house.places.landing),
            "seconds": round(time.monotonic() - began, 2),
            **_of_attempts(record.attempts),
            **_of_imports(imported),
        }
    )


def registry_event(
    registry: Registry, description: str = "As a run found it", **told: str
) -> dg.AssetMaterialization:
    """Return what the page of the registry shows: which file counts, and how many feeds it has."""
    return dg.AssetMaterialization(
        REGISTRY_KEY,
        description=description,
        metadata={
            "path": dg.MetadataValue.path(registry.path),
            "feeds": len(registry.feeds),
            "followed": len(registry.followed),
            # Of the entries, for addresses may hold secrets.
            "digest": sha256(repr(registry.feeds).encode()).hexdigest()[:16],
            **told,
        },
    )


def _notice(registry: Registry, context: dg.AssetExecutionContext) -> None:
    """Tell the registry's page of the file, once for each state that a run finds it in."""
    event = registry_event(registry)
    last = context.instance.get_latest_materialization_event(REGISTRY_KEY)
    seen = last.asset_materialization if last else None
    if seen is None or seen.metadata.get("digest") != event.metadata["digest"]:
        context.log_event(event)


def _fetch(
    config: FetchConfig, house: House, http: HttpSettings, clock: Clock, record: RunRecord
) -> list[Attempt]:
    from orchestration.fetch.fetching import fetch_feeds  # noqa: PLC0415 the UI does without

    settings = http.settings()
    if config.is_unconditional:
        settings = replace(settings, unconditional_after=timedelta(0))
    feeds = [f for f in house.registry().followed if not config.feeds or f.id in config.feeds]
    return fetch_feeds(
        feeds,
        Landing(house.places.landing),
        settings,
        clock.now,
        on_result=lambda _: record.on_progress("fetch", 1, len(feeds)),
        force=not config.is_due_only,
    )


def _import(files: Iterable[str], house: House) -> "list[ImportOutcome]":
    """Land saved files; those in a folder that is named like a feed belong to it."""
    from orchestration.importing import ImportChoice, import_files  # noqa: PLC0415 the UI does without

    registry, shelf = house.registry(), Landing(house.places.landing)
    paths = sorted(Path(file) for file in files)
    outcomes = []
    for folder, group in groupby(paths, lambda path: path.parent.name):
        choice = ImportChoice(feed_id=folder if registry.feed(folder) else None)
        outcomes += import_files(shelf, registry, group, choice)
    return outcomes


def _of_attempts(attempts: Sequence[Attempt]) -> dict[str, Any]:
    failed, new_documents = _judged(attempts) if attempts else ([], 0)
    troubles = [f"{each.feed_id}: {each.outcome}. {each.reason or ''}" for each in failed]
    return {
        "attempts": len(attempts),
        "failed": len(failed),
        "bytes": sum(each.bytes or 0 for each in attempts),
        "new_documents": new_documents,
        "outcomes": dg.MetadataValue.json(dict(Counter(each.outcome for each in attempts))),
        "troubles": dg.MetadataValue.md(list_of(troubles)),
    }


def _judged(attempts: Sequence[Attempt]) -> tuple[list[Attempt], int]:
    """Return the attempts that failed, and how many brought a body that is new."""
    from orchestration.fetch.memory import brought_new_body  # noqa: PLC0415 the UI does without
    from orchestration.fetch.outcomes import SUCCESSES  # noqa: PLC0415 the UI does without

    failed = [each for each in attempts if each.outcome not in SUCCESSES]
    return failed, sum(brought_new_body(each) for each in attempts)


def _of_imports(outcomes: "Sequence[ImportOutcome]") -> dict[str, Any]:
    if not outcomes:
        return {}
    rows = [(each.path.name, each.status, each.feed_id, each.note) for each in outcomes]
    return {
        "files_landed": sum(each.status == "landed" for each in outcomes),
        "files_failed": sum(each.status == "failed" for each in outcomes),
        "files": dg.MetadataValue.md(table_of(("file", "status", "feed", "note"), rows)),
    }
