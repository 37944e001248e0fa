"""The main job and when it runs.

Schedules start STOPPED: whoever deploys decides when this copy begins to ask other people's
hosts. Times are UTC and off the full hour, when everybody else asks.
"""

from collections.abc import Mapping

import dagster as dg

from orchestration.assets.core import core_tables
from orchestration.assets.raw import landing
from orchestration.assets.warehouse import warehouse_and_marts

refresh = dg.define_asset_job(
    "refresh",
    selection=dg.AssetSelection.assets(landing, core_tables, warehouse_and_marts),
    description="Fetch feeds, normalise what landed, load the warehouse and build the marts.",
    executor_def=dg.in_process_executor,
)


def fetch_config(
    values: Mapping[str, object], load: Mapping[str, object] | None = None
) -> dict[str, object]:
    """Return the run configuration of `refresh` for other values of FetchConfig and LoadConfig."""
    ops = {"raw__landing": {"config": dict(values)}}
    if load:
        ops["warehouse_and_marts"] = {"config": dict(load)}
    return {"ops": ops}


hourly_refresh = dg.ScheduleDefinition(
    name="hourly_refresh",
    job=refresh,
    cron_schedule="17 * * * *",
    description="Ask the feeds that are due by their own rhythm, and load what came.",
)

daily_refresh = dg.ScheduleDefinition(
    name="daily_refresh",
    job=refresh,
    cron_schedule="43 4 * * *",
    run_config=fetch_config({"is_due_only": False}),
    description="Ask every feed once a day, due or not, and build all marts anew: what is recent,"
    " late or silent changes with the day.",
)

weekly_refetch = dg.ScheduleDefinition(
    name="weekly_refetch",
    job=refresh,
    cron_schedule="7 3 * * 0",
    run_config=fetch_config({"is_due_only": False, "is_unconditional": True}, {"is_whole": True}),
    description="Ask every feed for its whole body once a week, as some hosts say `not modified` of"
    " what they did change; and compact the warehouse: its file is written whole.",
)
