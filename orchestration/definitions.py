"""The one Definitions object: what `feedhouse dev`, `dg` and the command line run."""

import gc

import dagster as dg

from orchestration.alerts import AlertChannel
from orchestration.assets.core import core_tables
from orchestration.assets.history import backfill_history, feed_partitions, history
from orchestration.assets.raw import landing, registry
from orchestration.assets.report import report
from orchestration.assets.warehouse import warehouse_and_marts
from orchestration.resources import default_resources
from orchestration.run_history import quicken_history
from orchestration.run_record import RunRecord
from orchestration.schedules import daily_refresh, hourly_refresh, refresh, weekly_refetch
from orchestration.sensors import alerts, inbox_files, registry_changes
from orchestration.upkeep import rebuild_months_job, tidy_history, weekly_tidying

# A process that has the history of runs open already is about to write to it.
quicken_history()

defs = dg.Definitions(
    assets=[registry, landing, history, core_tables, warehouse_and_marts, report],
    jobs=[refresh, backfill_history, rebuild_months_job, tidy_history],
    schedules=[hourly_refresh, daily_refresh, weekly_refetch, weekly_tidying],
    sensors=[inbox_files, registry_changes, alerts, feed_partitions],
    resources={
        **default_resources(),
        "channel": AlertChannel(),
        "record": dg.ResourceDefinition(lambda _: RunRecord()),
    },
    executor=dg.in_process_executor,
)

# What is loaded by now stays as long as the process: without this the collector looks through
# Dagster's half a million objects again and again, a seventh of a short run.
gc.freeze()
