"""Run a job in this process: what `feedhouse run`, `rebuild`, `history` and `demo` do."""

import logging
from collections.abc import Callable, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

import dagster as dg

from orchestration.assets.core import core_tables
from orchestration.assets.history import archives_materialisation, show_partition
from orchestration.assets.raw import landing
from orchestration.definitions import defs
from orchestration.fetch.settings import FetchSettings
from orchestration.instance import open_instance
from orchestration.places import Places
from orchestration.resources import Clock, House, HttpSettings
from orchestration.run_record import RunRecord

if TYPE_CHECKING:
    from orchestration.fetch.history.archives import ArchiveOutcome


@dataclass(frozen=True, slots=True, kw_only=True)
class RunRequest:
    """What to run: which feeds, whether to fetch, whether to load the warehouse, as of when."""

    places: Places
    feeds: Sequence[str] = ()
    is_offline: bool = False
    is_due_only: bool = False
    is_loading: bool = True
    moment: datetime | None = None
    host_spacing_seconds: float = FetchSettings().host_spacing_seconds


def run_refresh(
    request: RunRequest,
    instance: dg.DagsterInstance | None = None,
    on_progress: Callable[[str, int, int], None] | None = None,
) -> RunRecord:
    """Run the whole job and return its record.

    Raises what a step raised, as it was raised: RegistryError, WriterBusyError and their like
    carry messages for people. Without an instance the run is kept in the data directory, where
    `feedhouse dev` shows it.
    """
    record = RunRecord(on_progress=on_progress) if on_progress else RunRecord()
    with nullcontext(instance) if instance else open_instance(request.places.dagster_home) as kept:
        _refresh(request, record, kept)
    return record


@dataclass(frozen=True, slots=True, kw_only=True)
class BackfillRequest:
    """Which feeds' history to walk, through which sources, and how much of it."""

    places: Places
    feeds: Sequence[str]
    sources: Sequence[str] = ()
    max_requests: int | None = None
    spacing_seconds: float | None = None
    is_dry: bool = False


def run_backfill(request: BackfillRequest, record: RunRecord) -> None:
    """Walk through the history of feeds as the job of the UI does, and fill the same partitions.

    The record hears what comes of it. A dry walk leaves nothing behind, no run either. Raises
    what the walk raised, as it was raised.
    """
    home = request.places.dagster_home
    with dg.DagsterInstance.ephemeral() if request.is_dry else open_instance(home) as instance:
        _execute(
            defs.resolve_job_def("backfill_history"),
            {
                "walk_feeds": {
                    "feeds": list(request.feeds),
                    "sources": list(request.sources),
                    "max_requests": request.max_requests,
                    "spacing_seconds": request.spacing_seconds,
                    "is_dry": request.is_dry,
                }
            },
            {
                "house": _house(request.places),
                "http": HttpSettings(),
                "clock": Clock(),
                "record": record,
            },
            instance,
        )


def report_archives(places: Places, feed_id: str, outcomes: "Sequence[ArchiveOutcome]") -> None:
    """Show in the UI what files brought of a feed's history; nothing where they brought nothing."""
    if not any(each.landed for each in outcomes):
        return
    with open_instance(places.dagster_home) as instance:
        show_partition(instance, feed_id)
        instance.report_runless_asset_event(archives_materialisation(feed_id, outcomes))


def _refresh(request: RunRequest, record: RunRecord, instance: dg.DagsterInstance) -> None:
    job = defs.resolve_job_def("refresh")
    if not request.is_loading:
        job = job.get_subset(asset_selection={*landing.keys, *core_tables.keys})
    fetch = {
        "feeds": list(request.feeds),
        "is_offline": request.is_offline,
        "is_due_only": request.is_due_only,
    }
    resources = {
        "house": _house(request.places),
        "http": HttpSettings(host_spacing_seconds=request.host_spacing_seconds),
        "clock": Clock(moment=request.moment.isoformat() if request.moment else ""),
        "record": record,
    }
    _execute(job, {"raw__landing": fetch}, resources, instance)


def _house(places: Places) -> House:
    return House(
        data_directory=str(places.data),
        feeds_file=str(places.feeds),
        # Whoever waits at a terminal is told who writes, and decides.
        busy_retries=0,
    )


def _execute(
    job: dg.JobDefinition,
    steps: Mapping[str, Mapping[str, object]],
    resources: Mapping[str, object],
    instance: dg.DagsterInstance,
) -> None:
    """Run a job with the configuration of its steps; all else is told by the run's own events."""
    logging.getLogger("dagster").setLevel(logging.CRITICAL)
    try:
        job.execute_in_process(
            instance=instance,
            run_config={
                "ops": {name: {"config": dict(values)} for name, values in steps.items()},
                "loggers": {"console": {"config": {"log_level": "CRITICAL"}}},
            },
            resources=dict(resources),
        )
    except dg.DagsterExecutionInterruptedError:
        raise KeyboardInterrupt from None  # what Ctrl-C is everywhere else
