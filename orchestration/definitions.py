"""The one Definitions object: what `feedhouse dev`, `dg` and the command line run."""

import dagster as dg

from orchestration.assets.core import core_tables
from orchestration.assets.raw import landing
from orchestration.assets.warehouse import warehouse_and_marts
from orchestration.jobs import daily_refresh, hourly_refresh, refresh
from orchestration.resources import default_resources
from orchestration.run_record import RunRecord

defs = dg.Definitions(
    assets=[landing, core_tables, warehouse_and_marts],
    jobs=[refresh],
    schedules=[hourly_refresh, daily_refresh],
    resources={
        **default_resources(),
        "record": dg.ResourceDefinition(lambda _: RunRecord()),
    },
    executor=dg.in_process_executor,
)
