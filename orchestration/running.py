"""Run the refresh job in this process: what `feedhouse run`, `rebuild` and `demo` do."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

import dagster as dg

from orchestration.assets.core import core_tables
from orchestration.assets.raw import landing
from orchestration.definitions import defs
from orchestration.fetch.settings import FetchSettings
from orchestration.instance import open_instance
from orchestration.places import Places
from orchestration.resources import Clock, House, HttpSettings
from orchestration.run_record import RunRecord


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
    if instance is not None:
        _execute(request, record, instance)
        return record
    with open_instance(request.places.dagster_home) as own:
        _execute(request, record, own)
    return record


def _execute(request: RunRequest, record: RunRecord, instance: dg.DagsterInstance) -> None:
    logging.getLogger("dagster").setLevel(logging.CRITICAL)
    job = defs.resolve_job_def("refresh")
    if not request.is_loading:
        job = job.get_subset(asset_selection={*landing.keys, *core_tables.keys})
    job.execute_in_process(
        instance=instance,
        run_config={
            "ops": {
                "raw__landing": {
                    "config": {
                        "feeds": list(request.feeds),
                        "is_offline": request.is_offline,
                        "is_due_only": request.is_due_only,
                    }
                }
            },
            "loggers": {"console": {"config": {"log_level": "CRITICAL"}}},
        },
        resources={
            "house": House(
                data_directory=str(request.places.data),
                feeds_file=str(request.places.feeds),
                # Whoever waits at a terminal is told who writes, and decides.
                busy_retries=0,
            ),
            "http": HttpSettings(host_spacing_seconds=request.host_spacing_seconds),
            "clock": Clock(moment=request.moment.isoformat() if request.moment else ""),
            "record": record,
        },
    )
