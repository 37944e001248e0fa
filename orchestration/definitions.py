"""The one Definitions object: what `feedhouse dev`, `dg` and the command line run."""

import dagster as dg

from orchestration.assets.core import core_tables
from orchestration.assets.raw import landing
from orchestration.assets.warehouse import warehouse_and_marts
from orchestration.jobs import daily_refresh, hourly_refresh, refresh
from orchestration.resources import default_resources
from orchestration.run_record import RunRecord

# The UI shows every event; the terminal of `feedhouse dev` needs only what went wrong.
quiet_console = dg.configured(
    dg.colored_console_logger, {"log_level": dg.Field(str, default_value="WARNING")}
)(lambda config: {"log_level": config["log_level"]})

defs = dg.Definitions(
    assets=[landing, core_tables, warehouse_and_marts],
    jobs=[refresh],
    schedules=[hourly_refresh, daily_refresh],
    resources={
        **default_resources(),
        "record": dg.ResourceDefinition(lambda _: RunRecord()),
    },
    executor=dg.in_process_executor,
    loggers={"console": quiet_console},
)
